package dev.berth.intake;

import dev.berth.format.InspectLimits;

/**
 * Settings of intake.
 *
 * @param inspectors archives that are decoded at the same time; each may need up to 65 MiB for an xz dictionary, so
 *     this bounds memory; others wait their turn with their senders paused
 * @param limits what an archive may ask of its decoder
 */
public record IntakeConf(int inspectors, InspectLimits limits) {
    public static final int DEFAULT_INSPECTORS = 2;
    public static final IntakeConf DEFAULT = new IntakeConf(DEFAULT_INSPECTORS, InspectLimits.DEFAULTS);

    public IntakeConf {
        if (inspectors < 1 || inspectors > 64) {
            throw new IllegalArgumentException("intake.inspectors must be from 1 to 64, got " + inspectors);
        }
    }
}
