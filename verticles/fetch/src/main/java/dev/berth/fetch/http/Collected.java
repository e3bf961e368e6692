package dev.berth.fetch.http;

import dev.berth.fetch.guard.Location;
import io.vertx.core.buffer.Buffer;

/** A small body, in memory. */
final class Collected implements Sink {
    private final Location location;
    private final int most;
    private final Buffer bytes = Buffer.buffer();

    Collected(Location location, int most) {
        this.location = location;
        this.most = most;
    }

    static FetchFailure tooLong(Location location, int most) {
        return FetchFailure.invalid(location + " is too long: expected at most " + most + " bytes, got more; kept nothing");
    }

    Buffer bytes() {
        return bytes;
    }

    @Override
    public void take(Buffer more) {
        if (bytes.length() + more.length() > most) {
            throw tooLong(location, most);
        }
        bytes.appendBuffer(more);
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void whenFree(Runnable action) {
        action.run();
    }
}
