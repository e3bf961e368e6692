package dev.berth.format.squashfs;

import dev.berth.format.FormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Extended attributes: lists that inodes name by number. Values are ISO 8859-1: one byte in each character. */
final class AttributeTable {
    private static final String[] NAMESPACES = {"user.", "trusted.", "security."};
    private static final int ELSEWHERE = 0x100;
    private static final int ENTRY_BYTES = 16;
    private static final int PER_BLOCK = BlockFile.METADATA_BYTES / ENTRY_BYTES;
    private static final int HEADER_BYTES = 16;

    private final BlockFile file;
    private final Superblock superblock;
    /** Most bytes of one list, values that it only refers to included. */
    private final int most;

    AttributeTable(BlockFile file, Superblock superblock, int most) {
        this.file = file;
        this.superblock = superblock;
        this.most = most;
    }

    /** The attributes of a list by full name. Namespaces this format may get one day are passed over. */
    Map<String, String> list(long number) throws IOException {
        if (number == Inode.NONE || superblock.attributes() == -1) {
            return Map.of();
        }
        MetadataReader entry = entry(number);
        long reference = entry.s64();
        long count = entry.u32();
        Map<String, String> attributes = new HashMap<>();
        MetadataReader in = at(reference);
        long referred = 0;
        for (long i = 0; i < count; i++) {
            referred += read(in, attributes);
            if (in.taken() + referred > most) {
                throw tooLong();
            }
        }
        return attributes;
    }

    private MetadataReader entry(long number) throws IOException {
        long known = file.longAt(superblock.attributes() + Long.BYTES) & Inode.NONE;
        if (number >= known) {
            throw BlockFile.outside();
        }
        long block = file.longAt(superblock.attributes() + HEADER_BYTES + number / PER_BLOCK * Long.BYTES);
        return new MetadataReader(file, superblock.codec(), block, (int) (number % PER_BLOCK) * ENTRY_BYTES);
    }

    /** Adds the next attribute; the length of its value when that is elsewhere, where many lists may refer to it. */
    private int read(MetadataReader in, Map<String, String> attributes) throws IOException {
        int type = in.u16();
        String name = in.bytesAsText(in.u16());
        String value = value(in);
        boolean elsewhere = (type & ELSEWHERE) != 0;
        if (elsewhere) {
            value = value(at(littleEndian(value)));
        }
        int namespace = type & ELSEWHERE - 1;
        if (namespace < NAMESPACES.length) {
            attributes.put(NAMESPACES[namespace] + name, value);
        }
        return elsewhere ? value.length() : 0;
    }

    private String value(MetadataReader in) throws IOException {
        long length = in.u32();
        if (length > most) {
            throw tooLong();
        }
        return in.bytesAsText((int) length);
    }

    private MetadataReader at(long reference) throws IOException {
        long table = file.longAt(superblock.attributes());
        InodeAddress address = InodeAddress.of(reference);
        return new MetadataReader(file, superblock.codec(), table + address.block(), address.offset());
    }

    private static long littleEndian(String bytes) throws IOException {
        if (bytes.length() != Long.BYTES) {
            throw BlockFile.outside();
        }
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << 8 | bytes.charAt(i);
        }
        return value;
    }

    private FormatException tooLong() {
        return new FormatException(
                "cannot read the squashfs: the extended attributes of a file are longer than " + most + " bytes");
    }
}
