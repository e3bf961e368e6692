package dev.berth.serve.edge;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A token bucket for each address, over all server instances of a process. Any thread.
 *
 * <p>The table never grows: an address' bucket is the one that its hash falls on, 1 MiB in all. Two addresses that fall on
 * the same share an allowance, which pairs is different in every process.
 */
final class Allowances implements Shareable {
    private static final int BUCKETS = 1 << 17;

    private final long intervalNanos;
    private final long toleranceNanos;
    private final int seed;
    /** When each bucket is full again, in nanoseconds since the start; in the past when it is. */
    private final AtomicLongArray fullAt = new AtomicLongArray(BUCKETS);

    Allowances(int perSecond, int burst, int seed) {
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.toleranceNanos = intervalNanos * (burst - 1);
        this.seed = seed;
    }

    /** The one of this Vert.x. */
    static Allowances of(Vertx vertx, AccessConf conf) {
        return vertx.sharedData()
                .<String, Allowances>getLocalMap("berth.serve.allowances")
                .computeIfAbsent("anonymous", key -> new Allowances(
                        conf.anonymousPerSecond(), conf.anonymousBurst(), (int) System.nanoTime()));
    }

    /**
     * Takes one request of this address' allowance.
     *
     * @param now nanoseconds since the start, never negative
     * @return how many nanoseconds to wait before there is one again; 0 when one was taken
     */
    long take(String address, long now) {
        int bucket = bucket(address);
        while (true) {
            long full = fullAt.get(bucket);
            long wait = full - toleranceNanos - now;
            if (wait > 0) {
                return wait;
            }
            if (fullAt.compareAndSet(bucket, full, Math.max(full, now) + intervalNanos)) {
                return 0;
            }
        }
    }

    private int bucket(String address) {
        int hash = (address.hashCode() ^ seed) * 0x9E3779B1;
        return (hash ^ hash >>> 15) & BUCKETS - 1;
    }
}
