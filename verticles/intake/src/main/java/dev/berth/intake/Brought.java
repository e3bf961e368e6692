package dev.berth.intake;

import dev.berth.image.Image;

/**
 * How a transfer ended well.
 *
 * @param image the record
 * @param isNew true when this transfer listed it, false when it was here
 * @param claimant whose wish the record follows, or null when it was here
 */
record Brought(Image image, boolean isNew, Watch claimant) {}
