package dev.berth.serve.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The listeners of one server instance, with the faces behind them. Made and used on one event loop. */
public final class Edge {
    private final EdgeTools tools;
    private final ServeConf conf;
    private final Vertx vertx;
    private final Census census;
    private final Doorkeeper doorkeeper;
    private final Listeners listeners;
    private final List<HttpServer> open = new ArrayList<>();
    private UnixSocket unixSocket;
    private HttpServer https;
    private long rounds;

    public Edge(EdgeTools tools) {
        this.tools = tools;
        this.conf = tools.conf();
        this.vertx = tools.vertx();
        this.census = Census.of(vertx, tools.registry());
        this.doorkeeper = new Doorkeeper(conf.limits(), tools.registry(), census);
        this.listeners = new Listeners(vertx, conf.limits(), doorkeeper);
    }

    /** Mounts the faces and opens the listeners. Completes when they listen. */
    public Future<Void> open(List<Face> faces) {
        Descriptors.prepare();
        ServerSettings settings = new ServerSettings(tools.bus());
        Redirect redirect = new Redirect(this::port);
        Admission admission = new Admission(tools, doorkeeper, settings, redirect);
        Router router = Faces.behind(admission, faces, tools);
        rounds = vertx.setPeriodic(doorkeeper.roundMillis(), round -> doorkeeper.round());
        return settings.follow()
                .compose(following -> openSecure(router))
                .compose(opened -> openPlain(() -> Faces.inTheOpen(admission, faces, tools, redirect)))
                .compose(opened -> openUnixSocket(router));
    }

    /** The port HTTPS listens on, once it does. */
    public int port() {
        return https.actualPort();
    }

    /** Stops listening, lets running answers end for as long as the limits say, then closes what is left. */
    public Future<Void> close() {
        List<Future<Void>> closing =
                open.stream().map(server -> server.shutdown(conf.limits().drain())).toList();
        return Future.join(closing).eventually(this::removeSocket).eventually(this::rest).mapEmpty();
    }

    private Future<Void> openSecure(Router router) {
        https = opened(listeners.secure(tools.identity(), router));
        return Listening.at(conf.listen(), https);
    }

    private Future<Void> openPlain(Supplier<Router> router) {
        return conf.plain() == null
                ? Future.succeededFuture()
                : Listening.at(conf.plain(), opened(listeners.plain(router.get())));
    }

    /** One instance of a process has it: local traffic is light, and the file must be made and removed once. */
    private Future<Void> openUnixSocket(Router router) {
        if (conf.unixSocket() == null || !census.claim(conf.unixSocket())) {
            return Future.succeededFuture();
        }
        unixSocket = new UnixSocket(vertx, conf.unixSocket());
        return unixSocket.listen(opened(listeners.plain(router))).mapEmpty();
    }

    private HttpServer opened(HttpServer server) {
        open.add(server);
        return server;
    }

    private Future<Void> removeSocket() {
        if (unixSocket == null) {
            return Future.succeededFuture();
        }
        census.release(conf.unixSocket());
        return unixSocket.remove();
    }

    private Future<Void> rest() {
        vertx.cancelTimer(rounds);
        return Future.succeededFuture();
    }
}
