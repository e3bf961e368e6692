package dev.berth.format.squashfs;

import dev.berth.format.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The entries of one directory, in its own order, which is that of the names. */
final class Listing {
    /** Image tops have a handful of names; this is some fifty thousand. */
    static final long MOST_BYTES = 1L << 20;
    /** A listing's stated length counts "." and ".." with 3 bytes that are not there. */
    static final int NOT_THERE = 3;
    private static final int MOST_PER_HEADER = 256;

    private Listing() {}

    /**
     * @param name as stored, without a path; ISO 8859-1, one byte in each character
     * @param kind basic type number
     * @param inode where its inode is
     */
    record Entry(String name, int kind, InodeAddress inode) {
        private static final int DIRECTORY = 1;
        private static final int SYMBOLIC_LINK = 3;

        boolean isDirectory() {
            return kind == DIRECTORY;
        }

        boolean isSymbolicLink() {
            return kind == SYMBOLIC_LINK;
        }
    }

    /** What is done with each entry. */
    interface Visit {
        void entry(Entry entry) throws IOException;
    }

    /**
     * All entries at once.
     *
     * @param in stands at the start of the listing
     * @param stated its length as the inode states it, at most {@link #MOST_BYTES}
     */
    static List<Entry> read(MetadataReader in, long stated) throws IOException {
        if (stated > MOST_BYTES) {
            throw new FormatException("cannot read the squashfs: a directory has a listing of " + stated
                    + " bytes, at most " + MOST_BYTES + " are read");
        }
        List<Entry> entries = new ArrayList<>();
        each(in, stated, entries::add);
        return entries;
    }

    /** One entry after the other, of which none is kept; parameters as for {@link #read}, of any length. */
    static void each(MetadataReader in, long stated, Visit visit) throws IOException {
        while (in.taken() < stated - NOT_THERE) {
            eachOfRun(in, visit);
        }
    }

    private static void eachOfRun(MetadataReader in, Visit visit) throws IOException {
        long count = in.u32() + 1;
        long block = in.u32();
        in.skip(4);
        if (count > MOST_PER_HEADER) {
            throw new FormatException("cannot read the squashfs: a directory header counts " + count + " entries");
        }
        for (int i = 0; i < count; i++) {
            int offset = in.u16();
            in.skip(2);
            int kind = in.u16();
            String name = in.bytesAsText(in.u16() + 1);
            visit.entry(new Entry(name, kind, new InodeAddress(block, offset)));
        }
    }
}
