package dev.berth.kit.bus;

/** A call got no answer: nobody there, too late, or the answerer broke. */
public final class CallFailed extends RuntimeException {
    CallFailed(String address, Throwable cause) {
        super(address + ": " + cause.getMessage(), cause, false, false);
    }
}
