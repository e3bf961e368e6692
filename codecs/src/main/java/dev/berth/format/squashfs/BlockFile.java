package dev.berth.format.squashfs;

import dev.berth.format.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads blocks at stated positions of the file; what lies outside the file is refused. */
final class BlockFile {
    /** A metadata block holds at most this much when decompressed. */
    static final int METADATA_BYTES = 8192;
    private static final int METADATA_STORED_AS_IS = 0x8000;

    /** Neighbours in a folder are neighbours here, so a few blocks serve thousands of inodes. */
    private static final int KEPT_BLOCKS = 128;

    private final FileChannel file;
    private final long length;
    private final Map<Long, MetadataBlock> kept = new LinkedHashMap<>(KEPT_BLOCKS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, MetadataBlock> eldest) {
            return size() > KEPT_BLOCKS;
        }
    };

    BlockFile(FileChannel file) throws IOException {
        this.file = file;
        this.length = file.size();
    }

    /** In bytes. */
    long length() {
        return length;
    }

    /** Exactly {@code wanted} bytes from {@code position}. */
    byte[] read(long position, int wanted) throws IOException {
        if (position < 0 || wanted < 0 || position > length - wanted) {
            throw outside();
        }
        ByteBuffer buffer = ByteBuffer.allocate(wanted);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw outside();
            }
        }
        return buffer.array();
    }

    /** The 8 little-endian bytes at {@code position}. */
    long longAt(long position) throws IOException {
        return ByteBuffer.wrap(read(position, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** One metadata block: two bytes of length and flag, then the data. */
    MetadataBlock metadataBlock(long position, BlockCodec codec) throws IOException {
        MetadataBlock known = kept.get(position);
        if (known == null) {
            known = readMetadataBlock(position, codec);
            kept.put(position, known);
        }
        return known;
    }

    private MetadataBlock readMetadataBlock(long position, BlockCodec codec) throws IOException {
        byte[] header = read(position, 2);
        int stated = header[0] & 0xff | (header[1] & 0xff) << 8;
        int stored = stated & METADATA_STORED_AS_IS - 1;
        byte[] data = read(position + 2, stored);
        boolean asIs = (stated & METADATA_STORED_AS_IS) != 0;
        byte[] content = asIs ? data : codec.decompress(data, METADATA_BYTES);
        return new MetadataBlock(content, position + 2 + stored);
    }

    static FormatException outside() {
        return new FormatException("cannot read the squashfs: unexpected EOF");
    }

    /**
     * @param content decompressed
     * @param next position of the block after it
     */
    record MetadataBlock(byte[] content, long next) {}
}
