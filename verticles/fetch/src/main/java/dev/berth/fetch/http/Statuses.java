package dev.berth.fetch.http;

import dev.berth.contract.Refused.Reason;
import java.time.Duration;
import java.util.Set;

/** What an unwanted status means. */
final class Statuses {
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final Set<Integer> FORBIDDEN = Set.of(401, 403, 407);
    private static final Set<Integer> GONE = Set.of(404, 410);

    private Statuses() {}

    static FetchFailure failure(Reply reply, Duration patience) {
        int status = reply.status();
        String text = "Unable to fetch \"" + reply.location() + "\": the server answered " + status;
        if (PASSING.contains(status)) {
            return FetchFailure.passing(text + asked(patience), patience);
        }
        if (FORBIDDEN.contains(status)) {
            return FetchFailure.lasting(Reason.FORBIDDEN, text);
        }
        return FetchFailure.lasting(GONE.contains(status) ? Reason.NOT_FOUND : Reason.INVALID, text);
    }

    /** The server wants to be left alone. */
    static boolean isBusy(int status) {
        return status == 429 || status == 503;
    }

    private static String asked(Duration patience) {
        return patience.isZero() ? "" : " and asks to wait " + patience.toSeconds() + " s";
    }
}
