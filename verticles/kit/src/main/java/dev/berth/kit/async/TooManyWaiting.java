package dev.berth.kit.async;

/** So many wait already that waiting makes no sense. */
public final class TooManyWaiting extends RuntimeException {
    TooManyWaiting(int waiting) {
        super(waiting + " are waiting already", null, false, false);
    }
}
