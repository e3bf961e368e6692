/**
 * Conducts one image's way in: stream, hash and inspect at once; compare; keep; list; announce. Whatever goes wrong on
 * the way, nothing of the image is left.
 *
 * <p>Contract: {@link dev.berth.contract.IntakeContract}; asks hash, store and catalog. Settings: {@link
 * dev.berth.intake.IntakeConf}. Metrics: {@code berth.intake.arrivals} by outcome, {@code berth.intake.running},
 * {@code berth.intake.inspect} (time a decoder worked on one image).
 */
package dev.berth.intake;
