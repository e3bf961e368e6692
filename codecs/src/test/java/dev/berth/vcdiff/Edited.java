package dev.berth.vcdiff;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A file and an edited version of it, the same on every machine, and what xdelta3 3.0.11 made of the two: {@code
 * default.vcdiff} by {@code xdelta3 -e -9 -W 16384 -s old new}, {@code plain.vcdiff} with {@code -S none -A -n} as well,
 * {@code djw.vcdiff} and {@code fgk.vcdiff} with {@code -S djw} and {@code -S fgk}.
 */
final class Edited {
    private static final int SIZE = 20_000;
    private static final int EDITS = 60;

    private Edited() {}

    static byte[] old() {
        return old(SIZE);
    }

    static byte[] edited() {
        return edited(old(SIZE), EDITS);
    }

    static byte[] old(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** Words put in and bytes left out, all over the file, and an empty stretch at its end. */
    static byte[] edited(byte[] old, int edits) {
        Random random = new Random(2);
        ByteArrayOutputStream edited = new ByteArrayOutputStream();
        int piece = old.length / edits;
        for (int i = 0; i < edits; i++) {
            int left = random.nextInt(Math.min(20, piece));
            edited.write(old, i * piece + left, piece - left);
            edited.writeBytes(("word " + "letters and words ".repeat(random.nextInt(9)) + random.nextInt()).getBytes(StandardCharsets.US_ASCII));
        }
        edited.writeBytes(new byte[5_000]);
        return edited.toByteArray();
    }

    static byte[] delta(String name) throws IOException {
        try (InputStream in = Edited.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** Decodes in memory, but for the source. */
    static byte[] decode(Path source, byte[] delta, VcdiffLimits limits) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileChannel file = FileChannel.open(source)) {
            VcdiffDecoder.decode(file, new ByteArrayInputStream(delta), out, limits);
        }
        return out.toByteArray();
    }

    static Path write(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
