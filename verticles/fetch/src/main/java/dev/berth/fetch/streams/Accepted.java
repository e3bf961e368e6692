package dev.berth.fetch.streams;

import dev.berth.kit.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * The newest document that was accepted from one place: two lines in a file beside it. They stay when the document goes, so
 * that nobody can bring back an older one with a signature that once was good.
 *
 * @param signed when it was signed; the time of the signer's clock, which nobody else can move
 * @param text SHA-256 of what it says, hex
 */
record Accepted(Instant signed, String text) {
    private static final Accepted NONE = new Accepted(Instant.MIN, "");

    static Accepted of(Instant signed, byte[] text) {
        return new Accepted(signed, hash(text));
    }

    /** Blocks. Older than all others when there is none yet. */
    static Accepted read(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            return new Accepted(Instant.parse(lines.get(0)), lines.get(1));
        } catch (NoSuchFileException none) {
            return NONE;
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new IOException(file + ": expected two lines, a time and a hash, got something else; delete it if you "
                    + "trust what the server gives now", e);
        }
    }

    /** Blocks; safe from a power cut once done. */
    void write(Path file) throws IOException {
        PrivateFiles.write(file, signed + "\n" + text + "\n");
    }

    /**
     * Whether this is a step back from {@code last}. Another signature of the same text is none, whatever its time: a
     * service of several machines signs on each of them.
     */
    boolean isBefore(Accepted last) {
        return signed.isBefore(last.signed) && !text.equals(last.text);
    }

    /** This one, with the later of both times. */
    Accepted after(Accepted last) {
        return signed.isBefore(last.signed) ? new Accepted(last.signed, text) : this;
    }

    private static String hash(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
