package dev.berth.load;

import dev.berth.testkit.TarBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A plain tar image of a given size: metadata first, then one file of bytes that do not compress. */
final class BigImage {
    private static final int BLOCK = 512;
    private static final int CHUNK = 1 << 20;
    private static final String METADATA = "architecture: x86_64\ncreation_date: 1787298120\nproperties: {os: load, seed: \"%d\"}\n";

    private BigImage() {}

    /** Writes it and syncs it; equal seeds and sizes give equal bytes. */
    static Path write(Path folder, String name, long megabytes, int seed) throws IOException {
        Path file = folder.resolve(name);
        long size = megabytes * CHUNK;
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(TarBuilder.tar()
                    .file("metadata.yaml", METADATA.formatted(seed))
                    .directory("rootfs/")
                    .header("rootfs/big", '0', size)
                    .unfinished());
            Random random = new Random(seed);
            byte[] chunk = new byte[CHUNK];
            for (long written = 0; written < size; written += CHUNK) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
            out.write(new byte[2 * BLOCK]);
        }
        Shell.run("sync", file.toString()).orFail();
        return file;
    }
}
