package dev.berth.refresh;

import dev.berth.refresh.Outcome.Ending;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** How many images follow a source, how many comparisons run and wait, and how they end. */
final class RefreshMeters {
    private final MeterRegistry registry;
    private final AtomicInteger following = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    RefreshMeters(MeterRegistry registry) {
        this.registry = registry;
        gauge("berth.refresh.following", "images that are compared with their source from time to time", following);
        gauge("berth.refresh.running", "comparisons and transfers that run", running);
        gauge("berth.refresh.waiting", "comparisons and transfers that wait for their turn", waiting);
        for (Ending ending : Ending.values()) {
            timer(ending);
        }
    }

    void following(long count) {
        following.set((int) count);
    }

    void busy(Lanes checks, Lanes transfers) {
        running.set(checks.running() + transfers.running());
        waiting.set(checks.waiting() + transfers.waiting());
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void ended(Timer.Sample sample, Outcome outcome) {
        sample.stop(timer(outcome.ending()));
    }

    private Timer timer(Ending ending) {
        return Timer.builder("berth.refresh.checks")
                .description("comparisons with a source, fetching the newer image included")
                .tag("outcome", ending.label())
                .register(registry);
    }

    private void gauge(String name, String description, AtomicInteger value) {
        Gauge.builder(name, value, AtomicInteger::get).description(description).register(registry);
    }
}
