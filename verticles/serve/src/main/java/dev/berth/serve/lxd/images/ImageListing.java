package dev.berth.serve.lxd.images;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Images;
import dev.berth.contract.CatalogContract.ListImages;
import dev.berth.image.Caller;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.edge.JsonReply;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.ProjectOf;
import dev.berth.serve.lxd.Recursion;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /1.0/images} (rest-api 3.2). The catalog answers with a finished body; this decides which one. */
final class ImageListing {
    private final LxdTools tools;

    ImageListing(LxdTools tools) {
        this.tools = tools;
    }

    Future<Void> list(RoutingContext ctx) {
        if (ProjectOf.wantsAll(ctx)) {
            return tools.projects().withImages().compose(projects -> send(ctx, projects, false, true));
        }
        return scope(ctx).compose(scope -> list(ctx, scope));
    }

    private Future<Scope> scope(RoutingContext ctx) {
        Future<Scope> scope = tools.projects().of(ctx);
        return Callers.of(ctx).isTrusted() ? scope : scope.recover(Hidden::hide);
    }

    private Future<Void> list(RoutingContext ctx, Scope scope) {
        Caller caller = Callers.of(ctx);
        boolean all = scope.isOpenTo(caller);
        if (!all && !scope.isDefault()) {
            throw caller.isTrusted() ? Access.forbidden("Certificate is restricted") : Hidden.notFound();
        }
        return send(ctx, List.of(scope.imageProject()), !all, false);
    }

    private Future<Void> send(RoutingContext ctx, List<String> projects, boolean visibleOnly, boolean withProject) {
        ListImages question = new ListImages(
                projects,
                visibleOnly,
                Recursion.isWanted(ctx),
                withProject,
                ctx.request().getParam("filter"),
                JsonReply.takesGzip(ctx));
        return tools.bus()
                .require(CatalogContract.LIST_IMAGES, question)
                .compose(images -> reply(images).send(ctx));
    }

    private static JsonReply reply(Images images) {
        JsonReply reply = JsonReply.ok(images.body()).withEtag(images.etag());
        return images.gzipped() ? reply.asGzip() : reply;
    }
}
