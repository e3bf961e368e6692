package dev.berth.testkit;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** Every compression an image may have, as an encoder. */
public enum Packing {
    PLAIN(".tar", out -> out),
    GZIP(".tar.gz", GZIPOutputStream::new),
    BZIP2(".tar.bz2", BZip2CompressorOutputStream::new),
    XZ(".tar.xz", out -> new XZOutputStream(out, new LZMA2Options(1))),
    LZMA(".tar.lzma", out -> new LZMAOutputStream(out, new LZMA2Options(1), -1)),
    ZSTD(".tar.zst", ZstdOutputStreamNoFinalizer::new),
    LZ4(".tar.lz4", FramedLZ4CompressorOutputStream::new);

    private final String extension;
    private final Encoder encoder;

    Packing(String extension, Encoder encoder) {
        this.extension = extension;
        this.encoder = encoder;
    }

    /** The extension LXD gives such a file. */
    public String extension() {
        return extension;
    }

    /** Compresses all at once. */
    public byte[] pack(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = open(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Compresses as it is written; closing the result closes {@code out}. */
    public OutputStream open(OutputStream out) throws IOException {
        return encoder.open(out);
    }

    private interface Encoder {
        OutputStream open(OutputStream out) throws IOException;
    }
}
