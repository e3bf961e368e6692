package dev.berth.contract;

import dev.berth.image.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What refresh answers: images that follow their source, checked many at once. */
public final class RefreshContract {
    /** Checks one image now, whatever its flags. Refused: NOT_FOUND, INVALID "Image source not found". */
    public static final Call<Refresh, Answer<Refreshed>> REFRESH =
            Call.of("berth.refresh.image", Refresh.class, Duration.ofHours(24));
    /** When which image was and will be checked, and how the last check ended. */
    public static final Call<Schedule, Schedules> SCHEDULE = Call.of("berth.refresh.schedule", Schedule.class);

    private RefreshContract() {}

    /** @param watcher operation that shows the progress, or empty */
    public record Refresh(String project, Fingerprint fingerprint, String watcher, Requestor requestor) {}

    /**
     * @param changed true when a newer image took its place
     * @param fingerprint the image now
     * @param outcome for people: {@code current}, {@code replaced}, or why nothing could be done
     */
    public record Refreshed(boolean changed, Fingerprint fingerprint, String outcome) {}

    public record Schedule() {}

    public record Schedules(List<Check> checks) {}

    /**
     * @param next when it will be looked at, or null when never
     * @param last when it was looked at, or null
     * @param outcome of the last look, or empty
     */
    public record Check(String project, Fingerprint fingerprint, Instant next, Instant last, String outcome) {}
}
