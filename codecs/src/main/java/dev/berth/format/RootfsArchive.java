package dev.berth.format;

import dev.berth.format.squashfs.SquashfsTar;
import dev.berth.format.tar.RootMove;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * Makes the one form of a root file system that every LXC client reads, a {@code .tar.xz} with the tree at its top, of
 * the forms images have. The same image gives the same bytes for the same preset.
 */
public final class RootfsArchive {
    private static final int BUFFER = 256 * 1024;

    /** Where the tree is. */
    public enum Layout {
        /** The file is the tree: the second file of a split image. */
        SPLIT,
        /** The tree is below {@code rootfs/}: a unified image. */
        UNIFIED
    }

    private RootfsArchive() {}

    /**
     * Reads the whole file. Blocks and burns CPU: for a worker thread. One call takes some 10 MiB for the encoder (preset
     * 1) beside what the limits allow a decoder.
     *
     * @param image read from its first byte; not closed here
     * @param preset of xz, 0 to 9
     * @param out gets the archive, ended; not closed here. What it throws ends the work and comes out as it is
     * @throws FormatException when the file is damaged, beyond the limits, or holds no tree
     */
    public static void write(FileChannel image, Layout layout, int preset, InspectLimits limits, OutputStream out)
            throws IOException {
        XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(preset));
        writeTar(image, layout, limits, xz);
        xz.finish();
    }

    /** As {@link #write}, without compressing. */
    static void writeTar(FileChannel image, Layout layout, InspectLimits limits, OutputStream out) throws IOException {
        if (isSquashfs(image)) {
            SquashfsTar.write(image, layout == Layout.UNIFIED ? "rootfs" : "", limits, out);
            return;
        }
        SourceStream source = new SourceStream(Channels.newInputStream(image.position(0)));
        BufferedInputStream buffered = source.buffered();
        Compression compression = compression(buffered);
        try (ExpandedStream tar = new ExpandedStream(source, new KeepOpen(buffered), compression, limits)) {
            if (layout == Layout.UNIFIED) {
                RootMove.copy(tar, out, limits.extendedHeaderBytes(), limits.entries());
                drain(tar);
            } else {
                copy(tar, out);
            }
        }
    }

    private static boolean isSquashfs(FileChannel image) throws IOException {
        byte[] head = Channels.newInputStream(image.position(0)).readNBytes(Compression.HEAD_BYTES);
        return Compression.sniff(head, Dialect.INCUS).filter(found -> found == Compression.SQUASHFS).isPresent();
    }

    private static Compression compression(BufferedInputStream in) throws IOException {
        in.mark(Compression.HEAD_BYTES);
        byte[] head = in.readNBytes(Compression.HEAD_BYTES);
        in.reset();
        return Compression.sniff(head, Dialect.INCUS)
                .filter(compression -> compression != Compression.QCOW2)
                .orElseThrow(() -> new FormatException("the file is no archive that can be read here"));
    }

    /** To the end, where decoders find out that something was damaged. */
    private static void drain(InputStream in) throws IOException {
        copy(in, OutputStream.nullOutputStream());
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int got = in.read(buffer);
        while (got >= 0) {
            out.write(buffer, 0, got);
            got = in.read(buffer);
        }
    }
}
