package dev.berth.kit.bus;

import dev.berth.contract.Refused;

/** Carries a refusal through a chain of futures to where it is told to the caller. Has no stack trace: nothing broke. */
public final class RefusedException extends RuntimeException {
    private final transient Refused refused;

    public RefusedException(Refused refused) {
        super(refused.text(), null, false, false);
        this.refused = refused;
    }

    public Refused refused() {
        return refused;
    }
}
