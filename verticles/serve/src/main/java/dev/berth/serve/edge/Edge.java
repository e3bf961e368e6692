package dev.berth.serve.edge;

import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.Envelope;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.List;

/** The listeners of one server instance, with the faces behind them. */
public final class Edge {
    private final EdgeTools tools;
    private HttpServer https;

    public Edge(EdgeTools tools) {
        this.tools = tools;
    }

    /** Mounts the faces and opens the listeners. Completes when they listen. */
    public Future<Void> open(List<Face> faces) {
        Router router = Router.router(tools.vertx());
        router.route().handler(this::identify);
        faces.forEach(face -> face.mount(router, tools));
        router.route().failureHandler(Edge::fail);
        https = tools.vertx().createHttpServer(options()).requestHandler(router);
        Endpoint listen = tools.conf().listen();
        return https.listen(listen.port(), listen.host()).mapEmpty();
    }

    /** The port HTTPS listens on, once it does. */
    public int port() {
        return https.actualPort();
    }

    public Future<Void> close() {
        return https == null ? Future.succeededFuture() : https.close();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(tools.identity().certificatePem()))
                        .setKeyValue(Buffer.buffer(keyPem())));
    }

    private String keyPem() {
        String base64 = Base64.getMimeEncoder().encodeToString(tools.identity().privateKey().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    private void identify(RoutingContext ctx) {
        Callers.put(ctx, Caller.stranger(ctx.request().remoteAddress().toString()), List.of());
        ctx.next();
    }

    private static void fail(RoutingContext ctx) {
        boolean refused = ctx.failure() instanceof RefusedException;
        int status = refused ? StatusOf.reason(((RefusedException) ctx.failure()).refused().reason()) : 500;
        String text = refused ? ctx.failure().getMessage() : "Internal Server Error";
        JsonReply.of(status, Envelope.error(status, text)).send(ctx);
    }
}
