package dev.berth.serve.edge;

import dev.berth.serve.edge.HeadRules.Head;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;

/** The first look at a request, before anything reads meaning into it. Event loop only. */
final class Gate implements Handler<HttpServerRequest> {
    private final Doorkeeper doorkeeper;
    private final HeadRules rules;
    private final Handler<HttpServerRequest> inside;

    Gate(Doorkeeper doorkeeper, EdgeLimits limits, Handler<HttpServerRequest> inside) {
        this.doorkeeper = doorkeeper;
        this.rules = new HeadRules(limits.headerCount());
        this.inside = inside;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Visitor visitor = doorkeeper.of(request.connection());
        if (visitor == null || visitor.isLeaving()) {
            request.connection().close();
        } else if (visitor.isRefused()) {
            request.response().putHeader("Retry-After", "1");
            visitor.dismiss();
            Dismissal.tell(request, 503, "too many connections, try again in a moment");
        } else {
            admit(request, visitor);
        }
    }

    private void admit(HttpServerRequest request, Visitor visitor) {
        Optional<String> objection = objection(request, visitor);
        if (objection.isPresent()) {
            // What follows on this connection may not be what it looks like.
            visitor.dismiss();
            Dismissal.tell(request, 400, objection.get());
        } else {
            inside.handle(request);
        }
    }

    private Optional<String> objection(HttpServerRequest request, Visitor visitor) {
        if (request.version() == HttpVersion.HTTP_2) {
            return Optional.empty();
        }
        if (visitor.sentFoldedLine()) {
            return Optional.of("a header line must not go on in the next line");
        }
        if (visitor.peer().local() && request.authority() == null) {
            // Nobody needs a name for the unix socket, and pylxd's websockets send "localhost:None".
            request.headers().set("Host", "localhost");
        }
        MultiMap headers = request.headers();
        return rules.objection(new Head(
                request.version() == HttpVersion.HTTP_1_1,
                headers.getAll("Host"),
                headers.getAll("Transfer-Encoding"),
                headers.getAll("Content-Length"),
                headers.entries().size())).or(() -> badHost(request));
    }

    /** Last, because it is less exact about what is wrong; HTTP/1.0 may leave it out. */
    private static Optional<String> badHost(HttpServerRequest request) {
        boolean bad = request.getHeader("Host") != null && request.authority() == null;
        return bad ? Optional.of("the Host header names no host") : Optional.empty();
    }
}
