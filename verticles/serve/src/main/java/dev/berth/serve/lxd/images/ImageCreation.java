package dev.berth.serve.lxd.images;

import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.contract.TrustContract;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.multipart.HeaderParameters;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/**
 * {@code POST /1.0/images}: finds out who sends what (rest-api 3.3). The variants are told apart by Content-Type, and
 * where that says nothing, by the first byte.
 */
final class ImageCreation {
    private final LxdTools tools;
    private final Upload upload;
    private final JsonCreation json;

    ImageCreation(LxdTools tools, Upload upload, JsonCreation json) {
        this.tools = tools;
        this.upload = upload;
        this.json = json;
    }

    Future<Void> create(RoutingContext ctx) {
        UploadHeaders headers = UploadHeaders.read(name -> ctx.request().headers().getAll(name));
        return permit(ctx, headers).compose(permit -> create(ctx, permit, headers));
    }

    private Future<Void> create(RoutingContext ctx, UploadPermit permit, UploadHeaders headers) {
        ImageEditing.mustBeAllowedPublic(permit.scope(), permit.visible(headers.visible()));
        HttpServerRequest request = ctx.request();
        String type = contentType(request);
        if (type.equals("application/json")) {
            return JsonBody.of(ctx).compose(body -> json.create(ctx, owned(ctx, permit), body));
        }
        if (type.equals("multipart/form-data")) {
            return upload.split(ctx, permit, headers, boundary(request));
        }
        return Peek.at(request).compose(peek -> byLook(ctx, permit, headers, peek));
    }

    private Future<Void> byLook(RoutingContext ctx, UploadPermit permit, UploadHeaders headers, Peek peek) {
        if (peek.looksLikeJson()) {
            return JsonBody.after(peek.first(), ctx.request())
                    .compose(body -> json.create(ctx, owned(ctx, permit), body));
        }
        return upload.raw(ctx, permit, headers, peek);
    }

    /** The caller's own right, or that of a token. A token that was shown is used up either way (rest-api 3.6). */
    private Future<UploadPermit> permit(RoutingContext ctx, UploadHeaders headers) {
        if (!headers.bringsToken()) {
            return tools.projects().usable(ctx).map(scope -> new UploadPermit(scope, null));
        }
        Future<Scope> scope = tools.projects().of(ctx);
        Caller caller = Callers.of(ctx);
        return (caller.isTrusted() ? scope : scope.recover(hidden -> Future.failedFuture(refusal())))
                .compose(found -> redeem(found, headers).recover(cause -> withoutToken(caller, found, cause)));
    }

    private Future<UploadPermit> redeem(Scope scope, UploadHeaders headers) {
        RedeemToken token =
                new RedeemToken(Purpose.UPLOAD_IMAGE, headers.secret(), scope.imageProject(), headers.expected());
        return tools.bus()
                .require(TrustContract.REDEEM_TOKEN, token)
                .map(redeemed -> new UploadPermit(scope, redeemed.metadata()));
    }

    private static Future<UploadPermit> withoutToken(Caller caller, Scope scope, Throwable cause) {
        if (!(cause instanceof RefusedException)) {
            return Future.failedFuture(cause);
        }
        if (!scope.isOpenTo(caller)) {
            return Future.failedFuture(refusal());
        }
        return Future.succeededFuture(new UploadPermit(scope, null));
    }

    private static RefusedException refusal() {
        return Access.forbidden("not authorized");
    }

    /** A token is good for bytes only, not for commands. */
    private static Scope owned(RoutingContext ctx, UploadPermit permit) {
        Access.mustUse(Callers.of(ctx), permit.scope());
        return permit.scope();
    }

    private static String contentType(HttpServerRequest request) {
        String value = request.getHeader("Content-Type");
        return value == null ? "" : value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private static String boundary(HttpServerRequest request) {
        return HeaderParameters.of(request.getHeader("Content-Type")).getOrDefault("boundary", "");
    }
}
