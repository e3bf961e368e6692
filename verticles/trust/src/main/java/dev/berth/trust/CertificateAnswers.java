package dev.berth.trust;

import dev.berth.contract.Answer;
import dev.berth.contract.Done;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.AddCertificate;
import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.CertificateIs;
import dev.berth.contract.TrustContract.CertificateIsAdded;
import dev.berth.contract.TrustContract.Certificates;
import dev.berth.contract.TrustContract.EditCertificate;
import dev.berth.contract.TrustContract.FindCertificate;
import dev.berth.contract.TrustContract.RemoveCertificate;
import dev.berth.image.Fingerprint;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.CertificateDocument;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers who somebody is, and keeps the certificates that say so. */
final class CertificateAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateAnswers.class);

    private final Bus bus;
    private final TrustStore store;
    private final TrustNews news;
    private final Clock clock;

    CertificateAnswers(Bus bus, TrustStore store, TrustNews news, Clock clock) {
        this.bus = bus;
        this.store = store;
        this.news = news;
        this.clock = clock;
    }

    Future<?> open() {
        return Future.all(List.of(
                bus.answer(TrustContract.IDENTIFY, who -> Future.succeededFuture(store.snapshot().identify(who))),
                bus.answer(TrustContract.LIST_CERTIFICATES, all -> list()),
                bus.answer(TrustContract.FIND_CERTIFICATE, this::find),
                bus.answer(TrustContract.ADD_CERTIFICATE, this::add),
                bus.answer(TrustContract.EDIT_CERTIFICATE, this::edit),
                bus.answer(TrustContract.REMOVE_CERTIFICATE, this::remove)));
    }

    private Future<Certificates> list() {
        return Future.succeededFuture(new Certificates(List.copyOf(store.snapshot().certificates())));
    }

    private Future<Answer<CertificateIs>> find(FindCertificate ask) {
        return Future.succeededFuture(TrustStore.answer(
                () -> new CertificateIs(store.snapshot().certificateByPrefix(ask.prefix()))));
    }

    private Future<Answer<CertificateIsAdded>> add(AddCertificate ask) {
        return store.change((connection, known) -> {
                    Certificate added = CertificateRules.adding(known, ask, clock.instant());
                    CertificateTable.insert(connection, added);
                    return new CertificateIsAdded(added.fingerprint());
                })
                .onSuccess(answer -> tell("certificate-created", answer.map(CertificateIsAdded::fingerprint), ask.requestor()));
    }

    private Future<Answer<Done>> edit(EditCertificate ask) {
        return store.change((connection, known) -> {
                    Certificate after = CertificateRules.editing(known, ask, clock.instant());
                    CertificateTable.delete(connection, ask.fingerprint());
                    CertificateTable.insert(connection, after);
                    return after.fingerprint();
                })
                .onSuccess(answer -> tell("certificate-updated", answer, ask.requestor()))
                .map(answer -> answer.map(fingerprint -> Done.DONE));
    }

    private Future<Answer<Done>> remove(RemoveCertificate ask) {
        return store.change((connection, known) -> delete(connection, ask.fingerprint()))
                .onSuccess(answer -> tell("certificate-deleted", answer, ask.requestor()))
                .map(answer -> answer.map(fingerprint -> Done.DONE));
    }

    private static String delete(Connection connection, String fingerprint) throws SQLException {
        if (!CertificateTable.delete(connection, fingerprint)) {
            throw new RefusedException(Refused.notFound("Certificate not found"));
        }
        return fingerprint;
    }

    private void tell(String action, Answer<String> answer, Requestor requestor) {
        answer.map(fingerprint -> {
            LOG.info("{} {} by \"{}\"", action, new Fingerprint(fingerprint).shortForm(), requestor.username());
            news.tellAdmins(action, CertificateDocument.url(fingerprint), requestor);
            return fingerprint;
        });
    }
}
