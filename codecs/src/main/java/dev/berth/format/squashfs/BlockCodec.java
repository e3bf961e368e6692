package dev.berth.format.squashfs;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.berth.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/** Decompresses single blocks; the constants stand in the order of the numbers in the superblock, from 1. */
enum BlockCodec {
    GZIP(InflaterInputStream::new),
    LZMA(in -> new LZMAInputStream(in, BlockCodec.MEMORY_KIB)),
    LZO(in -> {
        throw new FormatException("cannot read the squashfs: it is compressed with lzo; use gzip, xz, zstd, lz4 or lzma");
    }),
    XZ(in -> new XZInputStream(in, BlockCodec.MEMORY_KIB)),
    LZ4(BlockLZ4CompressorInputStream::new),
    ZSTD(BlockCodec::zstd);

    /** A block is at most 1 MiB, so that a dictionary of a few MiB is all an honest program uses. */
    private static final int MEMORY_KIB = 16 * 1024;
    private static final int ZSTD_WINDOW_LOG = 23;

    private final Decoder decoder;

    BlockCodec(Decoder decoder) {
        this.decoder = decoder;
    }

    static BlockCodec of(int number) throws FormatException {
        if (number < 1 || number > values().length) {
            throw new FormatException(
                    "cannot read the squashfs: its compressor must be 1 to " + values().length + ", it is " + number);
        }
        return values()[number - 1];
    }

    /**
     * @param block compressed bytes
     * @param most the largest result taken, in bytes; more is a damaged file
     */
    byte[] decompress(byte[] block, int most) throws FormatException {
        try (InputStream in = decoder.open(new ByteArrayInputStream(block))) {
            byte[] result = in.readNBytes(most + 1);
            if (result.length > most) {
                throw damaged(null);
            }
            return result;
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private static InputStream zstd(InputStream in) throws IOException {
        ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(in);
        zstd.setLongMax(ZSTD_WINDOW_LOG);
        return zstd;
    }

    private FormatException damaged(Exception cause) {
        String codec = name().toLowerCase(Locale.ROOT);
        return new FormatException("cannot read the squashfs: a " + codec + " block is damaged", cause);
    }

    private interface Decoder {
        InputStream open(InputStream in) throws IOException;
    }
}
