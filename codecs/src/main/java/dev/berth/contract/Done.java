package dev.berth.contract;

/** The answer of calls that have nothing to tell but that the work is done. */
public record Done() {
    public static final Done DONE = new Done();
}
