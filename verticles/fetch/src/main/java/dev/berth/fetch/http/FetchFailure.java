package dev.berth.fetch.http;

import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import java.time.Duration;

/** Something could not be fetched. Has no stack trace: it is an expected outcome, in words for the person who asked. */
public final class FetchFailure extends RuntimeException {
    private final transient Refused refused;
    private final boolean passing;
    private final Duration patience;

    private FetchFailure(Refused refused, boolean passing, Duration patience) {
        super(refused.text(), null, false, false);
        this.refused = refused;
        this.passing = passing;
        this.patience = patience;
    }

    /** It will be the same next time. */
    public static FetchFailure lasting(Reason reason, String text) {
        return new FetchFailure(new Refused(reason, text), false, Duration.ZERO);
    }

    /** The server's answer or the request makes no sense. */
    public static FetchFailure invalid(String text) {
        return lasting(Reason.INVALID, text);
    }

    /** It may be better next time. */
    public static FetchFailure passing(String text) {
        return passing(text, Duration.ZERO);
    }

    /** @param patience what the server asked to wait before the next try */
    public static FetchFailure passing(String text, Duration patience) {
        return new FetchFailure(new Refused(Reason.UNAVAILABLE, text), true, patience);
    }

    public Refused refused() {
        return refused;
    }

    public boolean isPassing() {
        return passing;
    }

    public Duration patience() {
        return patience;
    }
}
