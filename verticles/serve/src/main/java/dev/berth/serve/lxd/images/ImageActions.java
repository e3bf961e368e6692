package dev.berth.serve.lxd.images;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Push;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.RefreshContract;
import dev.berth.contract.RefreshContract.Refresh;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.JsonFields;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Outcome;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.images.ImageLookup.Sighting;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with one image beyond reading and editing it: delete, secret, refresh, push (rest-api 3.8, 3.9). */
final class ImageActions {
    private static final Logger LOG = LoggerFactory.getLogger(ImageActions.class);
    private static final long FOR_EVER = 0;

    private final LxdTools tools;
    private final ImageLookup lookup;
    private final Watching watching;

    ImageActions(LxdTools tools, ImageLookup lookup, Watching watching) {
        this.tools = tools;
        this.lookup = lookup;
        this.watching = watching;
    }

    Future<Void> delete(RoutingContext ctx) {
        return lookup.own(ctx)
                .compose(sighting -> tools.async()
                        .answer(ctx, start(ctx, "Deleting image", sighting, false), operation -> remove(ctx, sighting)));
    }

    private Future<Outcome> remove(RoutingContext ctx, Sighting sighting) {
        Image image = sighting.image();
        RemoveImage question = new RemoveImage(image.project(), image.fingerprint(), Access.requestor(ctx));
        return tools.bus().require(CatalogContract.REMOVE_IMAGE, question).map(removed -> {
            LOG.info("image {} of project {} deleted", image.fingerprint().shortForm(), image.project());
            return Outcome.success();
        });
    }

    /** Makes a download secret: a token operation that the first use ends. A body is allowed and ignored. */
    Future<Void> secret(RoutingContext ctx) {
        return lookup.own(ctx)
                .compose(sighting -> JsonBody.optional(ctx)
                        .compose(ignored -> tools.bus().require(TrustContract.GRANT_TOKEN, token(ctx, sighting))))
                .compose(granted -> Reply.accepted(ctx, granted.operation()));
    }

    private static GrantToken token(RoutingContext ctx, Sighting sighting) {
        Fingerprint fingerprint = sighting.image().fingerprint();
        return new GrantToken(
                Purpose.DOWNLOAD_IMAGE,
                sighting.scope().imageProject(),
                fingerprint,
                FOR_EVER,
                Map.of("fingerprint", fingerprint.hex()),
                Access.requestor(ctx));
    }

    Future<Void> refresh(RoutingContext ctx) {
        return lookup.own(ctx)
                .compose(sighting -> tools.async()
                        .answer(
                                ctx,
                                start(ctx, "Refreshing image", sighting, true),
                                operation -> refresh(sighting.image(), operation)));
    }

    /** A source that cannot be reached refreshed nothing, and that is a success, unless somebody cancelled (rest-api 3.9). */
    private Future<Outcome> refresh(Image image, Operation operation) {
        Refresh question =
                new Refresh(image.project(), image.fingerprint(), operation.id(), operation.requestor());
        return watching.during(operation, () -> tools.bus().ask(RefreshContract.REFRESH, question))
                .map(answer -> answer.fold(
                        refreshed -> !refreshed.changed() && tools.async().isCancelled(operation)
                                ? Outcome.failure("Operation cancelled")
                                : Outcome.success(Map.of("refreshed", refreshed.changed())),
                        refused -> Outcome.failure(refused.text())));
    }

    /** Sends the image to a server that wrote an upload token for it (rest-api 3.6). */
    Future<Void> push(RoutingContext ctx) {
        return lookup.own(ctx)
                .compose(sighting -> JsonBody.of(ctx)
                        .compose(target -> tools.async()
                                .answer(
                                        ctx,
                                        start(ctx, "Uploading image", sighting, false),
                                        operation -> push(sighting.image(), target, operation))));
    }

    private Future<Outcome> push(Image image, JsonFields target, Operation operation) {
        Source server = new Source(
                target.textOrEmpty("target"),
                "lxd",
                target.textOrEmpty("certificate"),
                target.textOrEmpty("secret"),
                target.textOrEmpty("project"));
        Push push = new Push(operation.id(), server, image, target.texts("profiles"));
        return watching.shown(operation, () -> tools.bus().ask(FetchContract.PUSH, push))
                .map(answer -> answer.fold(
                        done -> Outcome.success(), refused -> Outcome.failure(refused.text())));
    }

    private static Start start(RoutingContext ctx, String description, Sighting sighting, boolean mayCancel) {
        String url = "/1.0/images/" + sighting.image().fingerprint();
        return new Start(
                null,
                Kind.TASK,
                description,
                sighting.scope().project(),
                Map.of("images", List.of(sighting.scope().url(url))),
                null,
                mayCancel,
                null,
                Access.requestor(ctx));
    }
}
