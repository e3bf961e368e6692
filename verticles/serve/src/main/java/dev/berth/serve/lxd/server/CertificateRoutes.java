package dev.berth.serve.lxd.server;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.EditCertificate;
import dev.berth.contract.TrustContract.FindCertificate;
import dev.berth.contract.TrustContract.ListCertificates;
import dev.berth.contract.TrustContract.RemoveCertificate;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.CertificateDocument;
import dev.berth.lxd.EntityTag;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Recursion;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /1.0/certificates}: who is trusted (rest-api 2). Administrators manage all; a restricted client sees, renews and
 * removes its own certificate and no other.
 */
final class CertificateRoutes implements RouteGroup {
    private final LxdTools tools;
    private final CertificateAdding adding;

    CertificateRoutes(LxdTools tools) {
        this.tools = tools;
        this.adding = new CertificateAdding(tools);
    }

    @Override
    public void mount(Router router) {
        Resource.at("/1.0/certificates")
                .trusted(GET, this::list)
                .anybody(POST, adding::add)
                .mount(router);
        Resource.at("/1.0/certificates/:fingerprint")
                .trusted(GET, this::show)
                .trusted(PUT, ctx -> edit(ctx, true))
                .trusted(PATCH, ctx -> edit(ctx, false))
                .trusted(DELETE, this::remove)
                .mount(router);
    }

    private Future<Void> list(RoutingContext ctx) {
        boolean recursive = Recursion.isWanted(ctx);
        return tools.bus()
                .ask(TrustContract.LIST_CERTIFICATES, new ListCertificates())
                .map(all -> all.certificates().stream()
                        .filter(certificate -> isVisible(certificate, Callers.of(ctx)))
                        .toList())
                .compose(seen -> Reply.sync(ctx, CertificateDocument.list(seen, recursive)));
    }

    private Future<Void> show(RoutingContext ctx) {
        return find(ctx)
                .map(CertificateDocument::bytes)
                .compose(document -> Reply.sync(ctx, document, EntityTag.of(document)));
    }

    private Future<Void> edit(RoutingContext ctx, boolean replace) {
        return JsonBody.of(ctx)
                .compose(body -> find(ctx).map(present -> {
                    IfMatch.check(ctx, CertificateDocument.bytes(present));
                    CertificateEdit edit = CertificateEdit.read(body, replace);
                    return question(allowed(edit, present, Callers.of(ctx)), present, ctx);
                }))
                .compose(question -> tools.bus().require(TrustContract.EDIT_CERTIFICATE, question))
                .compose(done -> Reply.done(ctx));
    }

    private Future<Void> remove(RoutingContext ctx) {
        return find(ctx)
                .compose(present -> tools.bus()
                        .require(
                                TrustContract.REMOVE_CERTIFICATE,
                                new RemoveCertificate(present.fingerprint(), Access.requestor(ctx))))
                .compose(done -> Reply.done(ctx));
    }

    private Future<Certificate> find(RoutingContext ctx) {
        return tools.bus()
                .require(TrustContract.FIND_CERTIFICATE, new FindCertificate(ctx.pathParam("fingerprint")))
                .map(found -> {
                    if (!isVisible(found.certificate(), Callers.of(ctx))) {
                        throw new RefusedException(Refused.notFound("Certificate not found"));
                    }
                    return found.certificate();
                });
    }

    private static CertificateEdit allowed(CertificateEdit edit, Certificate present, Caller caller) {
        if (caller.isAdmin()) {
            return edit;
        }
        if (!edit.changesOnlyTheCertificate(present)) {
            throw Access.forbidden("Only the certificate can be changed");
        }
        return edit.ofTheCertificate();
    }

    private static EditCertificate question(CertificateEdit edit, Certificate present, RoutingContext ctx) {
        return new EditCertificate(
                present.fingerprint(),
                edit.name(),
                edit.type(),
                edit.restricted(),
                edit.projects(),
                edit.der(),
                edit.description(),
                present,
                Access.requestor(ctx));
    }

    private static boolean isVisible(Certificate certificate, Caller caller) {
        return caller.isAdmin() || certificate.fingerprint().equals(caller.username());
    }
}
