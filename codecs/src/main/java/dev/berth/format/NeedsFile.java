package dev.berth.format;

/**
 * The image is a squashfs: it cannot be inspected while it streams by. Keep the bytes, then ask {@link
 * dev.berth.format.squashfs.SquashfsInspector} about the file.
 */
public final class NeedsFile extends Exception {
    private static final long serialVersionUID = 1;

    NeedsFile() {
        super("a squashfs image can only be inspected as a whole file");
    }
}
