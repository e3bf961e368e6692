package dev.berth.fetch.transfer;

import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Progress;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Vertx;

/** Tells how far one transfer is, at most four times a second and only when it moved. */
public final class Teller {
    private static final int EVERY_MILLIS = 250;

    private final Vertx vertx;
    private final Bus bus;
    private final String ticket;
    private final long total;
    private final Rate rate = new Rate(System.nanoTime());
    private final long timer;
    private String stage = "";
    private long bytes;
    private long told;

    /** @param total bytes, or -1 */
    public Teller(Vertx vertx, Bus bus, String ticket, long total) {
        this.vertx = vertx;
        this.bus = bus;
        this.ticket = ticket;
        this.total = total;
        this.timer = vertx.setPeriodic(EVERY_MILLIS, id -> tell());
    }

    /** Notes that {@code count} more bytes of {@code now} went through. */
    public void moved(String now, long count) {
        stage = now;
        bytes += count;
    }

    /** Tells once more, and never again. */
    public void end() {
        vertx.cancelTimer(timer);
        tell();
    }

    private void tell() {
        if (bytes > told) {
            told = bytes;
            bus.announce(FetchContract.PROGRESS, new Progress(
                    ticket, stage, bytes, total, rate.at(System.nanoTime(), bytes)));
        }
    }
}
