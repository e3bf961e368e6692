package dev.berth.lxd.filter;

/** The filter cannot be understood or costs too much; the message is for the person who wrote it. */
public final class InvalidFilter extends RuntimeException {
    InvalidFilter(String message) {
        super(message, null, false, false);
    }
}
