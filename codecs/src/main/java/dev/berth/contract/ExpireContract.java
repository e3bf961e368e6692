package dev.berth.contract;

import dev.berth.image.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What expire answers: it forgets cached images that nobody used, and makes room. */
public final class ExpireContract {
    /** What a sweep would remove now, and when the others' turn comes. Changes nothing. */
    public static final Call<Foresee, Forecast> FORESEE = Call.of("berth.expire.foresee", Foresee.class);
    /** Sweeps now. Answers when all removals are durable. */
    public static final Call<Sweep, Swept> SWEEP = Call.of("berth.expire.sweep", Sweep.class, Duration.ofMinutes(10));
    /** An image was removed, and why. */
    public static final Notice<Verdict> EXPIRED = Notice.of("berth.expire.expired", Verdict.class);

    private ExpireContract() {}

    public record Foresee() {}

    /** @param verdicts one per cached image, soonest first */
    public record Forecast(List<Verdict> verdicts) {}

    public record Sweep() {}

    public record Swept(List<Verdict> removed) {}

    /**
     * @param bytes that only this image holds
     * @param due when it goes, or null when it stays
     * @param rule which rule decides, for people, for example {@code unused for 10 days (images.remote_cache_expiry)}
     */
    public record Verdict(String project, Fingerprint fingerprint, long bytes, Instant due, String rule) {}
}
