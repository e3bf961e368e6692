package dev.berth.serve.lxd.images;

import dev.berth.contract.StreamLabels;
import dev.berth.kit.stream.StreamOutlet;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/** A unified image: the body is the file. */
final class RawCourier implements Courier {
    private final HttpServerRequest request;
    private final Peek peek;
    private final StreamOutlet outlet;
    private final Map<String, String> labels;

    RawCourier(HttpServerRequest request, Peek peek, StreamOutlet outlet, String filename) {
        this.request = request;
        this.peek = peek;
        this.outlet = outlet;
        this.labels = Map.of(StreamLabels.FILENAME, filename);
    }

    @Override
    public List<String> addresses() {
        return List.of(outlet.address());
    }

    /** The edge lets no request in whose length is no number. */
    @Override
    public long length() {
        String told = request.getHeader("Content-Length");
        return told == null ? -1 : Long.parseLong(told);
    }

    @Override
    public Future<Void> deliver() {
        if (peek.ended()) {
            outlet.end(labels);
        } else {
            outlet.write(peek.first());
            outlet.drain(request, labels);
        }
        return Settled.of(outlet);
    }

    @Override
    public void abandon() {
        outlet.cancel("the sender left");
    }
}
