/**
 * Conducts one image's way in: stream, hash and inspect at once; compare; keep; list; announce. Whatever goes wrong on
 * the way, nothing of the image is left.
 *
 * <p>Images of other servers are brought by one transfer, however many ask for them at the same time: {@link
 * dev.berth.intake.Bringing} for copies, {@link dev.berth.intake.Obtaining} for what a launch needs.
 *
 * <p>Contract: {@link dev.berth.contract.IntakeContract}; asks hash, store, catalog and fetch, and
 * trust for projects and their settings. Settings: {@link
 * dev.berth.intake.IntakeConf}. Metrics: {@code berth.intake.arrivals} by outcome, {@code berth.intake.running},
 * {@code berth.intake.joined} (askers who found a transfer under way),
 * {@code berth.intake.inspect} (time a decoder worked on one image), {@code berth.intake.inspections.waiting} (images that
 * wait for a decoder).
 */
package dev.berth.intake;
