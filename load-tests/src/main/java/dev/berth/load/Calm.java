package dev.berth.load;

import java.util.concurrent.TimeUnit;

/**
 * Puts the machine into the same state before each side of a comparison.
 *
 * <p>A virtual machine gives memory that was free for about two seconds back to its host, and writing to it again costs
 * three times as much as writing to memory that another file has just left (1.9 s of processor time instead of 0.5 s for
 * 1 GiB, on the machine where this was found). Whoever came right after a deletion would win by that alone.
 */
final class Calm {
    private static final long SECONDS = 4;

    private Calm() {}

    /** Waits until nobody has freed memory for some seconds. */
    static void down() {
        try {
            TimeUnit.SECONDS.sleep(SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
