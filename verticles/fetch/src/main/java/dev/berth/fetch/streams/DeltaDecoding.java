package dev.berth.fetch.streams;

import dev.berth.vcdiff.VcdiffDecoder;
import dev.berth.vcdiff.VcdiffException;
import dev.berth.vcdiff.VcdiffLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Callable;

/**
 * Makes {@code STEM.made} from a base and {@code STEM.delta}. Blocks, for minutes when the file is large. A result that is
 * not what was promised is deleted.
 *
 * @param deltaSha256 of the delta, or empty
 * @param sha256 of the result
 * @param size of the result
 */
record DeltaDecoding(Path base, Path stem, String deltaSha256, String sha256, long size) implements Callable<Path> {
    private static final int BUFFER = 64 << 10;

    static Path deltaOf(Path stem) {
        return stem.resolveSibling(stem.getFileName() + ".delta");
    }

    @Override
    public Path call() throws IOException {
        Path made = stem.resolveSibling(stem.getFileName() + ".made");
        try {
            make(made);
            return made;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(made);
            throw e;
        }
    }

    private void make(Path made) throws IOException {
        MessageDigest ofDelta = sha256Digest();
        MessageDigest ofResult = sha256Digest();
        long length;
        try (FileChannel source = FileChannel.open(base, StandardOpenOption.READ);
                InputStream delta = new DigestInputStream(
                        new BufferedInputStream(Files.newInputStream(deltaOf(stem)), BUFFER), ofDelta);
                OutputStream target = new DigestOutputStream(Files.newOutputStream(made), ofResult)) {
            length = VcdiffDecoder.decode(source, delta, target, VcdiffLimits.forTarget(size));
        }
        if (!deltaSha256.isEmpty()) {
            same("the delta", deltaSha256, hex(ofDelta));
        }
        same("the result", sha256, hex(ofResult));
        same("the result's length", Long.toString(size), Long.toString(length));
    }

    private static void same(String what, String expected, String got) throws VcdiffException {
        if (!expected.equals(got)) {
            throw new VcdiffException(what + " is not what was promised: expected " + expected + ", got " + got);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
