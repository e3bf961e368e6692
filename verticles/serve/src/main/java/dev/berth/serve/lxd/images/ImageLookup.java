package dev.berth.serve.lxd.images;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.Found;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.image.Image;
import dev.berth.lxd.ImageDocument;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.PathText;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/**
 * Finds the image a path names, for those who may see it (rest-api 3.7): everybody who may use the project sees all;
 * others see public images of the default project, and with a secret one image of any project. What is not here is looked
 * for at the exposed upstreams.
 */
final class ImageLookup {
    private final LxdTools tools;
    private final Upstreams upstreams;

    ImageLookup(LxdTools tools, Upstreams upstreams) {
        this.tools = tools;
        this.upstreams = upstreams;
    }

    /**
     * An image and the project the request named.
     *
     * @param elsewhere what an upstream says of it, when the caller knows it only from there; else null
     */
    record Sighting(Scope scope, Found found, MirroredImage elsewhere) {
        Image image() {
            return found.image();
        }

        boolean isElsewhere() {
            return elsewhere != null;
        }
    }

    /** For reading. Strangers are refused with one and the same NOT_FOUND, whatever the reason. */
    Future<Sighting> see(RoutingContext ctx) {
        if (Callers.of(ctx).isAdmin()) {
            return tools.projects().of(ctx).compose(scope -> seeAll(ctx, scope));
        }
        return tools.projects()
                .of(ctx)
                .compose(scope -> scope.isOpenTo(Callers.of(ctx)) ? seeAll(ctx, scope) : seeAsStranger(ctx, scope))
                .recover(Hidden::hide);
    }

    /** For writing: the caller must be allowed to use the project. */
    Future<Sighting> own(RoutingContext ctx) {
        return tools.projects().usable(ctx).compose(scope -> find(ctx, scope, false));
    }

    private Future<Sighting> seeAll(RoutingContext ctx, Scope scope) {
        return find(ctx, scope, false).recover(cause -> elsewhere(ctx, scope, cause));
    }

    private Future<Sighting> seeAsStranger(RoutingContext ctx, Scope scope) {
        String secret = ctx.request().getParam("secret");
        if (secret == null || secret.isEmpty()) {
            return seePublic(ctx, scope);
        }
        return find(ctx, scope, false)
                .compose(sighting -> isPublic(sighting) ? Future.succeededFuture(sighting) : redeem(sighting, secret))
                .recover(refused -> seePublic(ctx, scope));
    }

    private Future<Sighting> seePublic(RoutingContext ctx, Scope scope) {
        return scope.isDefault()
                ? find(ctx, scope, true).recover(cause -> elsewhere(ctx, scope, cause))
                : Future.failedFuture(Hidden.notFound());
    }

    /** What is not here may be had from an upstream. */
    private Future<Sighting> elsewhere(RoutingContext ctx, Scope scope, Throwable cause) {
        return Hidden.isMissing(cause)
                ? upstreams.fingerprinted(ctx, ctx.pathParam("name")).compose(found -> found
                        .map(image -> Future.succeededFuture(sighting(scope, image)))
                        .orElseGet(() -> Future.failedFuture(cause)))
                : Future.failedFuture(cause);
    }

    private static Sighting sighting(Scope scope, MirroredImage mirrored) {
        Image image = mirrored.image(scope.imageProject());
        byte[] json = ImageDocument.json(image);
        return new Sighting(scope, new Found(image, json, ImageDocument.etag(image, json)), mirrored);
    }

    private static boolean isPublic(Sighting sighting) {
        return sighting.scope().isDefault() && sighting.image().visible();
    }

    private Future<Sighting> redeem(Sighting sighting, String secret) {
        RedeemToken token = new RedeemToken(
                Purpose.DOWNLOAD_IMAGE,
                onceMoreDecoded(secret),
                sighting.scope().imageProject(),
                sighting.image().fingerprint());
        return tools.bus().require(TrustContract.REDEEM_TOKEN, token).map(redeemed -> sighting);
    }

    private Future<Sighting> find(RoutingContext ctx, Scope scope, boolean visibleOnly) {
        FindImage question = new FindImage(scope.imageProject(), ctx.pathParam("name"), visibleOnly);
        return tools.bus()
                .require(CatalogContract.FIND_IMAGE, question)
                .map(found -> new Sighting(scope, found, null));
    }

    /** Clients escape secrets twice (rest-api 0.13). */
    private static String onceMoreDecoded(String secret) {
        try {
            return PathText.decode(secret);
        } catch (IllegalArgumentException e) {
            return secret;
        }
    }
}
