package dev.berth.format;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/** Opens the decoder for a compression, within the memory it may take. Concatenated streams are one stream. */
final class Decoders {
    private static final int GZIP_BUFFER = 32 * 1024;

    private Decoders() {}

    static InputStream open(InputStream in, Compression compression, InspectLimits limits) throws IOException {
        int memoryKib = (int) Math.min(Integer.MAX_VALUE, limits.decoderMemoryBytes() / 1024);
        return switch (compression) {
            case TAR -> in;
            case GZIP -> new GZIPInputStream(new KnowsItsEnd(in), GZIP_BUFFER);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case XZ -> new XZInputStream(in, memoryKib);
            case LZMA, LZMA_LIKE_XZ -> new LZMAInputStream(in, memoryKib);
            case ZSTD -> zstd(in, limits);
            case LZ4 -> new FramedLZ4CompressorInputStream(in, true);
            case SQUASHFS, QCOW2 -> throw new FormatException("Unsupported compression");
        };
    }

    private static InputStream zstd(InputStream in, InspectLimits limits) throws IOException {
        ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(in);
        zstd.setLongMax(limits.zstdWindowLog());
        return zstd;
    }

    /**
     * The JDK's gzip reader looks for a further member only while {@code available()} is not 0, which a network stream
     * may answer at any moment. Here it is 0 at the end only. Garbage after the last member stays ignored, as LXD does
     * (formats facts 11 and 12).
     */
    private static final class KnowsItsEnd extends FilterInputStream {
        private final PushbackInputStream peeking;

        KnowsItsEnd(InputStream in) {
            super(new PushbackInputStream(in, 1));
            peeking = (PushbackInputStream) this.in;
        }

        @Override
        public int available() throws IOException {
            int next = peeking.read();
            if (next < 0) {
                return 0;
            }
            peeking.unread(next);
            return 1;
        }
    }
}
