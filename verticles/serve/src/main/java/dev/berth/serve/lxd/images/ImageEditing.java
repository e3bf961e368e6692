package dev.berth.serve.lxd.images;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.EditImage;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.JsonFields;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Scope;
import dev.berth.serve.lxd.images.ImageLookup.Sighting;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** Reads and changes one image record (rest-api 3.7, 3.9). */
final class ImageEditing {
    private final LxdTools tools;
    private final ImageLookup lookup;
    private final Profiles profiles;

    ImageEditing(LxdTools tools, ImageLookup lookup, Profiles profiles) {
        this.tools = tools;
        this.lookup = lookup;
        this.profiles = profiles;
    }

    Future<Void> get(RoutingContext ctx) {
        return lookup.see(ctx)
                .compose(sighting -> Reply.sync(
                        ctx, sighting.found().json(), sighting.found().etag()));
    }

    /** Replaces the writable part; keys that are missing fall back to their zero values. */
    Future<Void> put(RoutingContext ctx) {
        return lookup.own(ctx)
                .compose(sighting -> JsonBody.of(ctx).compose(body -> edit(ctx, replacement(ctx, sighting, body))));
    }

    /** Changes only what is named; profiles and expires_at cannot be changed this way. */
    Future<Void> patch(RoutingContext ctx) {
        return lookup.own(ctx)
                .compose(sighting -> JsonBody.of(ctx).compose(body -> edit(ctx, merge(ctx, sighting, body))));
    }

    private Future<Void> edit(RoutingContext ctx, Edit edit) {
        Scope scope = edit.sighting().scope();
        mustBeAllowedPublic(scope, Boolean.TRUE.equals(edit.image().visible()));
        return profiles.mustExist(scope, edit.newProfiles())
                .compose(exist -> tools.bus().require(CatalogContract.EDIT_IMAGE, edit.image()))
                .compose(edited -> Reply.done(ctx));
    }

    /** Refused: INVALID when an image outside the default project would become public. */
    static void mustBeAllowedPublic(Scope scope, boolean visible) {
        if (visible && !scope.imageProject().equals(Scope.DEFAULT_PROJECT)) {
            throw new RefusedException(
                    Refused.invalid("Images can only be marked public in the default project"));
        }
    }

    private record Edit(Sighting sighting, EditImage image) {
        /** A profile that was deleted stays named, and clients put back what they read. */
        List<String> newProfiles() {
            List<String> known = sighting.image().profiles();
            return image.profiles() == null
                    ? List.of()
                    : image.profiles().stream().filter(name -> !known.contains(name)).toList();
        }
    }

    private static Edit replacement(RoutingContext ctx, Sighting sighting, JsonFields body) {
        Map<String, String> properties = body.textMap("properties");
        List<String> named = body.texts("profiles");
        EditImage image = new EditImage(
                sighting.image().project(),
                sighting.image().fingerprint(),
                ctx.request().getHeader("If-Match"),
                body.isSet("public"),
                body.isSet("auto_update"),
                properties == null ? Map.of() : properties,
                false,
                named == null ? Profiles.DEFAULT : named,
                body.time("expires_at"),
                Access.requestor(ctx));
        return new Edit(sighting, image);
    }

    private static Edit merge(RoutingContext ctx, Sighting sighting, JsonFields body) {
        EditImage image = new EditImage(
                sighting.image().project(),
                sighting.image().fingerprint(),
                ctx.request().getHeader("If-Match"),
                body.flag("public"),
                body.flag("auto_update"),
                body.textMap("properties"),
                true,
                null,
                null,
                Access.requestor(ctx));
        return new Edit(sighting, image);
    }
}
