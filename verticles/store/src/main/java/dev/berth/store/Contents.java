package dev.berth.store;

import dev.berth.image.BlobId;
import dev.berth.kit.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.IntConsumer;

/** What a file holds, by its SHA-256. Blocks for as long as reading takes. */
final class Contents {
    private static final int BUFFER = 1 << 20;

    private Contents() {}

    /** Whether the file is the blob. One that cannot be read is not. */
    static boolean are(Disk disk, Path file, BlobId blob) {
        try {
            return sha256(disk, file, read -> {}).equals(blob.hex());
        } catch (IOException e) {
            return false;
        }
    }

    /** @param progress hears of each piece how many bytes it is, at most 1 MiB */
    static String sha256(Disk disk, Path file, IntConsumer progress) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = disk.read(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, 0, count);
                progress.accept(count);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
