package dev.berth.trust;

import dev.berth.contract.Answer;
import dev.berth.contract.Done;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Access;
import dev.berth.contract.TrustContract.AccessIsAdded;
import dev.berth.contract.TrustContract.Accesses;
import dev.berth.contract.TrustContract.AddAccess;
import dev.berth.contract.TrustContract.RecogniseAccess;
import dev.berth.contract.TrustContract.RemoveAccess;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes tokens for reading, and says what they open. Their names show in the log, they themselves nowhere. */
final class AccessAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(AccessAnswers.class);

    private final Bus bus;
    private final TrustStore store;
    private final TrustConf conf;
    private final Clock clock;

    AccessAnswers(Bus bus, TrustStore store, TrustConf conf, Clock clock) {
        this.bus = bus;
        this.store = store;
        this.conf = conf;
        this.clock = clock;
    }

    Future<?> open() {
        return Future.all(
                bus.answer(TrustContract.ADD_ACCESS, this::add),
                bus.answer(TrustContract.LIST_ACCESS, all -> Future.succeededFuture(new Accesses(list()))),
                bus.answer(TrustContract.REMOVE_ACCESS, this::remove),
                bus.answer(TrustContract.RECOGNISE_ACCESS, this::recognise));
    }

    private Future<Answer<AccessIsAdded>> add(AddAccess ask) {
        String token = Secrets.fresh();
        return store.<Access>change((connection, known) -> {
                    KeptAccess added = AccessRules.adding(known, ask, token, conf.tokens(), clock.instant());
                    AccessTable.insert(connection, added);
                    return added.access();
                })
                .onSuccess(TrustStore.whenDone(() -> LOG.info(
                        "access token \"{}\" for {} added by \"{}\"", ask.name(), ask.paths(), ask.requestor().username())))
                .map(answer -> answer.map(access -> new AccessIsAdded(token, access)));
    }

    private List<Access> list() {
        return store.snapshot().accesses().stream().map(KeptAccess::access).toList();
    }

    private Future<Answer<Done>> remove(RemoveAccess ask) {
        return store.<Done>change((connection, known) -> {
                    if (!AccessTable.delete(connection, ask.name())) {
                        throw new RefusedException(
                                Refused.notFound("there is no access token \"" + ask.name() + "\""));
                    }
                    return Done.DONE;
                })
                .onSuccess(TrustStore.whenDone(() ->
                        LOG.info("access token \"{}\" removed by \"{}\"", ask.name(), ask.requestor().username())));
    }

    private Future<Answer<Access>> recognise(RecogniseAccess ask) {
        return Future.succeededFuture(TrustStore.answer(
                () -> AccessRules.recognised(store.snapshot(), ask.token(), clock.instant())));
    }
}
