package dev.berth.app.faults;

import dev.berth.testkit.Packing;
import dev.berth.testkit.TarBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Small files that become large ones. */
final class Bombs {
    private static final int MIB = 1 << 20;
    private static final long GIB = 1L << 30;
    private static final int MEMBERS = 64;

    private Bombs() {}

    /**
     * An archive that holds one file of a gigabyte of zeros before any metadata. Where the format has members, the same
     * 16 MiB come again and again, which is quicker to make and as hard to read.
     */
    static byte[] gigabyte(Packing packing) throws IOException {
        boolean whole = packing == Packing.LZMA;
        int members = whole ? 1 : MEMBERS;
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(zeros(packing, true, GIB / members));
        byte[] more = whole ? new byte[0] : zeros(packing, false, GIB / members);
        for (int i = 1; i < members; i++) {
            bomb.writeBytes(more);
        }
        return bomb.toByteArray();
    }

    private static byte[] zeros(Packing packing, boolean first, long count) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] block = new byte[MIB];
        try (OutputStream out = packing.open(packed)) {
            if (first) {
                out.write(TarBuilder.tar().header("rootfs.zeros", '0', GIB).unfinished());
            }
            for (long left = count; left > 0; left -= block.length) {
                out.write(block);
            }
        }
        return packed.toByteArray();
    }
}
