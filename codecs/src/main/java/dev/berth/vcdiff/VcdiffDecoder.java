package dev.berth.vcdiff;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.zip.Adler32;

/** Makes a file from another one and a delta, window by window. */
public final class VcdiffDecoder {
    private final FileChannel source;
    private final SegmentReader sourceReader;
    private final DeltaInput delta;
    private final Target target;
    private final VcdiffLimits limits;
    private final Sections sections;
    private final WindowDecoder decoder;
    private long windows;
    private long total;

    private VcdiffDecoder(FileChannel source, InputStream delta, Target target, VcdiffLimits limits) {
        this.source = source;
        this.sourceReader = new SegmentReader(source, "source");
        this.delta = new DeltaInput(delta);
        this.target = target;
        this.limits = limits;
        this.sections = new Sections(this.delta, limits);
        this.decoder = new WindowDecoder(sections);
    }

    /**
     * Decodes a delta whose windows copy from the source and from themselves only, as all of xdelta3's do.
     *
     * @param source what the delta was made against; read at any place, its position is left alone
     * @param delta read to its end; not closed
     * @param target gets whole windows in order, and whatever it got before a failure is worthless; not closed
     * @return bytes written
     * @throws VcdiffException when the delta cannot be used, with this source or at all
     * @throws IOException what one of the three files throws
     */
    public static long decode(FileChannel source, InputStream delta, OutputStream target, VcdiffLimits limits)
            throws IOException {
        return new VcdiffDecoder(source, delta, Target.of(target), limits).run();
    }

    /**
     * As above, and its windows may also copy from what was made before.
     *
     * @param target open for reading and writing, written from its beginning; its position is left alone
     */
    public static long decode(FileChannel source, InputStream delta, FileChannel target, VcdiffLimits limits)
            throws IOException {
        return new VcdiffDecoder(source, delta, Target.of(target), limits).run();
    }

    private long run() throws IOException {
        DeltaHeader header = DeltaHeader.read(delta, limits);
        for (int indicator = delta.byteOrEnd(); indicator >= 0; indicator = delta.byteOrEnd()) {
            try {
                window(WindowHeader.read(indicator, delta, header, limits));
            } catch (VcdiffException e) {
                throw new VcdiffException("window " + windows + " of the delta: " + e.getMessage(), e);
            }
            windows++;
        }
        return total;
    }

    private void window(WindowHeader window) throws IOException {
        if (window.targetLength() > limits.targetBytes() - total) {
            throw new VcdiffException("the result must not be longer than " + limits.targetBytes() + " bytes, but it is at least "
                    + (total + window.targetLength()));
        }
        Segment segment = segment(window);
        sections.read(window);
        byte[] made = decoder.decode(segment, window.targetLength());
        checkAdler32(window, made);
        target.write(made, window.targetLength());
        total += window.targetLength();
    }

    private Segment segment(WindowHeader window) throws IOException {
        return switch (window.origin()) {
            case NONE -> Segment.NONE;
            case SOURCE -> within(window, sourceReader, source.size(), "the source");
            case TARGET -> within(window, written(), total, "the result so far");
        };
    }

    private SegmentReader written() throws VcdiffException {
        SegmentReader written = target.written();
        if (written == null) {
            throw new VcdiffException("a window that copies from the result needs a target that can be read again");
        }
        return written;
    }

    private static Segment within(WindowHeader window, SegmentReader reader, long size, String what) throws VcdiffException {
        if (window.segmentPosition() > size || window.segmentLength() > size - window.segmentPosition()) {
            throw new VcdiffException("it copies from " + window.segmentLength() + " bytes at " + window.segmentPosition()
                    + ", but " + what + " has only " + size + "; the delta is for another file");
        }
        return new Segment(reader, window.segmentPosition(), window.segmentLength());
    }

    private static void checkAdler32(WindowHeader window, byte[] made) throws VcdiffException {
        if (window.adler32() < 0) {
            return;
        }
        Adler32 adler32 = new Adler32();
        adler32.update(made, 0, window.targetLength());
        if (adler32.getValue() != window.adler32()) {
            throw new VcdiffException(String.format(
                    "the Adler-32 of the result must be %08x, got %08x; the delta is damaged or for another file",
                    window.adler32(), adler32.getValue()));
        }
    }
}
