package dev.berth.format.squashfs;

import dev.berth.format.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Little-endian fields from a run of metadata blocks, as if they were one. */
final class MetadataReader {
    private final BlockFile file;
    private final BlockCodec codec;
    private BlockFile.MetadataBlock block;
    private int at;
    private long taken;

    MetadataReader(BlockFile file, BlockCodec codec, long position, int offset) throws IOException {
        this.file = file;
        this.codec = codec;
        this.block = file.metadataBlock(position, codec);
        this.at = offset;
        if (offset >= block.content().length) {
            throw BlockFile.outside();
        }
    }

    /** Bytes taken so far. */
    long taken() {
        return taken;
    }

    int u8() throws IOException {
        if (at == block.content().length) {
            advance();
        }
        taken++;
        return block.content()[at++] & 0xff;
    }

    int u16() throws IOException {
        return u8() | u8() << 8;
    }

    int s32() throws IOException {
        return u16() | u16() << 16;
    }

    long u32() throws IOException {
        return Integer.toUnsignedLong(s32());
    }

    long s64() throws IOException {
        return u32() | u32() << 32;
    }

    /** Bytes as they are, one in each character (ISO 8859-1). */
    String bytesAsText(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) u8();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            u8();
        }
    }

    private void advance() throws IOException {
        block = file.metadataBlock(block.next(), codec);
        at = 0;
        if (block.content().length == 0) {
            throw new FormatException("cannot read the squashfs: an empty metadata block");
        }
    }
}
