package dev.berth.vcdiff;

import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SingleXZInputStream;

/**
 * One .xz stream that goes on over the windows of a delta: each window has a piece of it, flushed, and the last one has no
 * end. One per kind of section, as xdelta3 does.
 */
final class LzmaStream {
    private final Pieces pieces;
    private final VcdiffLimits limits;
    private InputStream decoder;

    LzmaStream(DeltaInput delta, VcdiffLimits limits) {
        this.pieces = new Pieces(delta);
        this.limits = limits;
    }

    /** Fills {@code section} from the next {@code length} bytes of the delta: the decompressed size, then the piece. */
    void read(Section section, int length, int most) throws IOException {
        pieces.begin(length);
        String what = "the decompressed " + section.name() + " section";
        int size = WindowHeader.bounded(VariableLength.read(pieces::next), most, what);
        byte[] to = section.refill(size);
        try {
            decompress(to, size);
        } catch (MemoryLimitException e) {
            throw new VcdiffException("the LZMA dictionary of the " + section.name() + " sections needs " + e.getMemoryNeeded()
                    + " KiB, at most " + limits.decoderMemoryBytes() / 1024 + " are allowed", e);
        } catch (IOException e) {
            pieces.rethrowIfBroken();
            throw new VcdiffException("the " + section.name() + " section cannot be decompressed: " + reason(e), e);
        }
        if (pieces.left > 0) {
            throw new VcdiffException("the compressed " + section.name() + " section has " + pieces.left + " bytes too many");
        }
    }

    private void decompress(byte[] to, int size) throws IOException {
        if (decoder == null && size > 0) {
            decoder = new SingleXZInputStream(pieces, limits.decoderMemoryBytes() / 1024);
        }
        for (int at = 0; at < size; ) {
            int got = decoder.read(to, at, size - at);
            if (got <= 0) {
                throw new VcdiffException("it ended before");
            }
            at += got;
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "it is damaged or cut" : e.getMessage();
    }

    /** What the decoder reads: the piece of the current window. */
    private static final class Pieces extends InputStream {
        private final DeltaInput delta;
        private int left;
        private IOException broken;

        Pieces(DeltaInput delta) {
            this.delta = delta;
        }

        void begin(int length) {
            left = length;
        }

        int next() throws IOException {
            int value = read();
            if (value < 0) {
                throw new VcdiffException("a compressed section must begin with its size, but it is empty");
            }
            return value;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            try {
                int got = delta.some(to, from, Math.min(length, left));
                left -= got;
                return got;
            } catch (IOException e) {
                broken = e;
                throw e;
            }
        }

        void rethrowIfBroken() throws IOException {
            if (broken != null) {
                throw broken;
            }
        }
    }
}
