package dev.berth.serve.berth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Leave;
import dev.berth.contract.IntakeContract.Obtained;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.FindProject;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.ImageDocument;
import dev.berth.lxd.LxdJson;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/**
 * {@code POST /berth/v1/resolve}: what {@code lxc launch} does, for any program. Answers when the image is here, with its
 * document and {@code how} it came: cached, current, fetched or stale. Who hangs up no longer waits; the image still
 * comes.
 */
final class ResolveRoutes {
    private final Bus bus;

    ResolveRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Router router) {
        router.post("/berth/v1/resolve").handler(Administration.admins(this::resolve));
    }

    private Future<Void> resolve(RoutingContext ctx) {
        return SmallBody.read(ctx.request())
                .map(ResolveRequest::read)
                .compose(request -> imageProject(request.project()).compose(project -> obtain(ctx, request, project)))
                .compose(obtained -> Administration.reply(ctx, document(obtained)));
    }

    private Future<Obtained> obtain(RoutingContext ctx, ResolveRequest request, String project) {
        String watcher = UUID.randomUUID().toString();
        ctx.response().closeHandler(closed -> bus.announce(IntakeContract.LEAVE, new Leave(watcher)));
        return bus.require(IntakeContract.OBTAIN, request.obtain(project, watcher, Administration.requestor(ctx)));
    }

    private Future<String> imageProject(String name) {
        return name.equals("default")
                ? Future.succeededFuture(name)
                : bus.require(TrustContract.FIND_PROJECT, new FindProject(name)).map(found -> found.imageProject());
    }

    private static ObjectNode document(Obtained obtained) {
        ObjectNode document = (ObjectNode) LxdJson.read(ImageDocument.json(obtained.image()));
        return document.put("how", obtained.how());
    }
}
