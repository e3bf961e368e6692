package dev.berth.load;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at Berth's own metrics ten times a second and keeps the peak of heap and direct memory in use. */
final class MemoryWatch implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong peak = new AtomicLong();

    static MemoryWatch of(BerthPeer berth) {
        MemoryWatch watch = new MemoryWatch();
        watch.clock.scheduleWithFixedDelay(() -> watch.look(berth), 0, 100, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** @throws IllegalStateException when nothing was ever seen: no figure is better than a false one */
    double peakMib() {
        if (peak.get() == 0) {
            throw new IllegalStateException("Berth's metrics told nothing of its memory");
        }
        return peak.get() / 1048576.0;
    }

    private void look(BerthPeer berth) {
        double used = berth.metrics()
                .lines()
                .filter(MemoryWatch::counts)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        peak.accumulateAndGet((long) used, Math::max);
    }

    private static boolean counts(String line) {
        return line.startsWith("jvm_memory_used_bytes{area=\"heap\"")
                || line.startsWith("jvm_buffer_memory_used_bytes{id=\"direct\"");
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
