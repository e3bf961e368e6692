package dev.berth.load;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at Berth's own metrics ten times a second and keeps the peak of heap and direct memory in use. */
final class MemoryWatch implements AutoCloseable {
    private static final double BOUND_MIB = 192;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong peak = new AtomicLong();

    static MemoryWatch of(BerthPeer berth) {
        MemoryWatch watch = new MemoryWatch();
        watch.clock.scheduleWithFixedDelay(() -> watch.look(berth), 0, 100, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** The peak while this is done so often. By itself, because looking takes time of what is looked at. */
    static Finding peak(String what, BerthPeer berth, int rounds, Runnable transfer) {
        try (MemoryWatch memory = of(berth)) {
            for (int i = 0; i < rounds; i++) {
                transfer.run();
            }
            return Finding.bound(what, memory.peakMib(), "MiB", BOUND_MIB);
        }
    }

    /** @throws IllegalStateException when nothing was ever seen: no figure is better than a false one */
    double peakMib() {
        if (peak.get() == 0) {
            throw new IllegalStateException("Berth's metrics told nothing of its memory");
        }
        return peak.get() / 1048576.0;
    }

    /** A look that fails is one look less; only none at all is a failure. */
    private void look(BerthPeer berth) {
        try {
            peak.accumulateAndGet((long) used(berth), Math::max);
        } catch (IllegalStateException e) {
            System.out.println("could not look at the metrics: " + e.getMessage());
        }
    }

    private static double used(BerthPeer berth) {
        return berth.metrics()
                .lines()
                .filter(MemoryWatch::counts)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
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
