package dev.berth.serve.edge;

import dev.berth.serve.edge.Patience.Verdict;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpServerResponse;

/** One request of an h2 connection and its answer, which is put up with on its own. Event loop only. */
final class Exchange {
    private final HttpServerResponse response;
    private final StreamWatch streams;
    private final Patience patience;

    Exchange(HttpServerResponse response, StreamWatch streams, Patience patience) {
        this.response = response;
        this.streams = streams;
        this.patience = patience;
    }

    Verdict look(long nanos) {
        return streams.look(nanos, (int) response.streamId(), response.headWritten())
                .map(patience::look)
                .orElse(Verdict.STAY);
    }

    /** Ends it, and leaves the others of its connection alone. */
    void cut() {
        response.reset(Http2Error.ENHANCE_YOUR_CALM.code());
    }
}
