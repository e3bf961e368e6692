package dev.berth.load;

import dev.berth.load.Reader.Seen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many readers of one file who begin together.
 *
 * @param seen one per reader
 */
record Crowd(List<Seen> seen) {
    private static final int PATIENCE_MINUTES = 5;

    static Crowd of(int readers, String url, long length) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(readers);
        try {
            List<Seen> seen = new ArrayList<>();
            for (Future<Seen> reader : threads.invokeAll(
                    Collections.nCopies(readers, new Reader(url, length)), PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                seen.add(reader.get());
            }
            return new Crowd(seen);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader did not get the file: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The last byte of the last reader, in seconds since 1970. */
    double lastEnd() {
        return seen.stream().mapToLong(Seen::endedMillis).max().orElseThrow() / 1e3;
    }

    /** The time to the first byte that 99 of 100 readers did not exceed. */
    double firstByteP99() {
        double[] sorted = seen.stream().mapToDouble(Seen::firstByteSeconds).sorted().toArray();
        return sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
    }
}
