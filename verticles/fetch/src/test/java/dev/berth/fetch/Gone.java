package dev.berth.fetch;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Waits until no download is running. */
final class Gone {
    private Gone() {}

    static Future<Double> running(Vertx vertx, MeterRegistry registry) {
        Promise<Double> none = Promise.promise();
        vertx.setPeriodic(20, timer -> {
            double running = registry.get("berth.fetch.running").gauge().value();
            if (running == 0) {
                vertx.cancelTimer(timer);
                none.tryComplete(running);
            }
        });
        return none.future();
    }
}
