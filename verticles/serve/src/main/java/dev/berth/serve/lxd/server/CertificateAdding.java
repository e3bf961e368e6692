package dev.berth.serve.lxd.server;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ReadSettings;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.AddCertificate;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.CertificateDocument;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Reply;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /1.0/certificates} in all its meanings (rest-api 2.2, 2.3): an administrator adds somebody or has a token
 * issued; a stranger shows a token or the trust password and is trusted from then on.
 */
final class CertificateAdding {
    private static final String NOT_AUTHORIZED = "not authorized";

    private final LxdTools tools;
    private final TokenGranting tokens;
    private final TrustPassword password;

    CertificateAdding(LxdTools tools) {
        this.tools = tools;
        this.tokens = new TokenGranting(tools);
        this.password = new TrustPassword(FaceWorkers.of(tools));
    }

    Future<Void> add(RoutingContext ctx) {
        return JsonBody.optional(ctx).map(NewCertificate::read).compose(wanted -> add(ctx, wanted));
    }

    private Future<Void> add(RoutingContext ctx, NewCertificate wanted) {
        Caller caller = Callers.of(ctx);
        if (!caller.isTrusted()) {
            return addStranger(ctx, wanted);
        }
        if (wanted.wantsToken()) {
            Access.mustBeAdmin(caller);
            return tokens.grant(ctx, wanted);
        }
        if (wanted.given().isEmpty()) {
            return refuseTrusted(wanted);
        }
        Access.mustBeAdmin(caller);
        return keep(ctx, wanted, certificate(ctx, wanted));
    }

    /** The certificate is read before the proof is used, because a token is used up by the first try. */
    private Future<Void> addStranger(RoutingContext ctx, NewCertificate wanted) {
        if (!wanted.hasProof()) {
            throw Access.forbidden(NOT_AUTHORIZED);
        }
        X509Certificate certificate = certificate(ctx, wanted);
        return proven(wanted).compose(allowed -> keep(ctx, allowed, certificate));
    }

    /** Newer clients take 409 for "fine, go on"; a token that came along is used up all the same (rest-api 2.2). */
    private Future<Void> refuseTrusted(NewCertificate wanted) {
        Optional<String> secret = new TrustProof(wanted.trustToken()).secret();
        if (secret.isEmpty()) {
            throw new RefusedException(Refused.invalid("Client is already trusted"));
        }
        return tools.bus()
                .ask(TrustContract.REDEEM_TOKEN, redeem(secret.get()))
                .compose(used -> Future.failedFuture(
                        new RefusedException(Refused.conflict("Client is already trusted"))));
    }

    /** What may be added in the light of the proof; fails with a refusal when it proves nothing. */
    private Future<NewCertificate> proven(NewCertificate wanted) {
        TrustProof proof = wanted.proof();
        return proof.secret().isPresent()
                ? byToken(wanted, proof)
                : byPassword(wanted, proof, Refused.forbidden(NOT_AUTHORIZED));
    }

    private Future<NewCertificate> byToken(NewCertificate wanted, TrustProof proof) {
        return tools.bus()
                .ask(TrustContract.REDEEM_TOKEN, redeem(proof.secret().orElseThrow()))
                .compose(answer -> answer.fold(
                        redeemed -> Future.succeededFuture(ofToken(redeemed.metadata())),
                        refused -> proof.isToken()
                                ? Future.failedFuture(new RefusedException(refused))
                                : byPassword(wanted, proof, refused)));
    }

    private Future<NewCertificate> byPassword(NewCertificate wanted, TrustProof proof, Refused otherwise) {
        return tools.bus()
                .ask(CatalogContract.READ_SETTINGS, new ReadSettings())
                .compose(settings -> password.fits(proof.text(), settings))
                .map(fits -> {
                    if (!fits) {
                        throw new RefusedException(otherwise);
                    }
                    return wanted;
                });
    }

    private Future<Void> keep(RoutingContext ctx, NewCertificate wanted, X509Certificate certificate) {
        String name = wanted.name().isEmpty() ? GivenCertificate.nameOf(certificate, peer(ctx)) : wanted.name();
        AddCertificate question = new AddCertificate(
                GivenCertificate.encoded(certificate),
                name,
                wanted.type(),
                wanted.restricted(),
                wanted.projects(),
                wanted.description(),
                Access.requestor(ctx));
        return tools.bus()
                .require(TrustContract.ADD_CERTIFICATE, question)
                .compose(added -> Reply.created(ctx, CertificateDocument.url(added.fingerprint())));
    }

    /** The client's address; there is none on the unix socket. */
    private static String peer(RoutingContext ctx) {
        String address = ctx.request().remoteAddress().hostAddress();
        return address == null ? "local" : address;
    }

    private static X509Certificate certificate(RoutingContext ctx, NewCertificate wanted) {
        if (!wanted.given().isEmpty()) {
            return GivenCertificate.read(wanted.given());
        }
        return Callers.certificate(ctx)
                .orElseThrow(() -> new RefusedException(Refused.invalid("No client certificate provided")));
    }

    private static NewCertificate ofToken(Map<String, Object> metadata) {
        Object request = metadata.get("request");
        if (!(request instanceof Map<?, ?> map)) {
            throw new IllegalStateException("a trust token must remember its request, this one does not");
        }
        return NewCertificate.ofToken(map);
    }

    private static RedeemToken redeem(String secret) {
        return new RedeemToken(Purpose.ADD_CERTIFICATE, secret, null, null);
    }
}
