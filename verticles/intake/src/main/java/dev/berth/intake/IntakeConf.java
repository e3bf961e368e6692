package dev.berth.intake;

import dev.berth.format.InspectLimits;
import java.time.Duration;

/**
 * Settings of intake.
 *
 * @param inspectors archives that are decoded at the same time; each may need up to 65 MiB for an xz dictionary, so
 *     this bounds memory; others wait their turn with their senders paused
 * @param senderPatience how long one of them waits for bytes while others wait for it; then that archive is looked into
 *     when all of it is there
 * @param limits what an archive may ask of its decoder
 */
public record IntakeConf(int inspectors, Duration senderPatience, InspectLimits limits) {
    public static final int DEFAULT_INSPECTORS = 2;
    public static final Duration DEFAULT_SENDER_PATIENCE = Duration.ofSeconds(1);
    public static final IntakeConf DEFAULT =
            new IntakeConf(DEFAULT_INSPECTORS, DEFAULT_SENDER_PATIENCE, InspectLimits.DEFAULTS);

    public IntakeConf {
        if (inspectors < 1 || inspectors > 64) {
            throw new IllegalArgumentException("intake.inspectors must be from 1 to 64, got " + inspectors);
        }
    }
}
