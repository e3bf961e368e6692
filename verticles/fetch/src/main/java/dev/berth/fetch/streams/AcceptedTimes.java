package dev.berth.fetch.streams;

import dev.berth.kit.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * The times of the newest document that was accepted from one place: two lines in a file beside it. They stay when the
 * document goes, so that nobody can bring back an older one with a signature that once was good.
 *
 * @param signed when it was signed
 * @param updated what it says about its last change, or {@link Instant#MIN}
 */
record AcceptedTimes(Instant signed, Instant updated) {
    private static final AcceptedTimes NONE = new AcceptedTimes(Instant.MIN, Instant.MIN);

    /** Blocks. Older than all others when there are none yet. */
    static AcceptedTimes read(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            return new AcceptedTimes(Instant.parse(lines.get(0)), Instant.parse(lines.get(1)));
        } catch (NoSuchFileException none) {
            return NONE;
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new IOException(file + ": expected two lines with times, got something else; delete it if you trust "
                    + "what the server gives now", e);
        }
    }

    /** Blocks; safe from a power cut once done. */
    void write(Path file) throws IOException {
        PrivateFiles.write(file, signed + "\n" + updated + "\n");
    }

    /** In which way these are a step back, or empty. The same again is none. */
    String olderThan(AcceptedTimes last) {
        if (signed.isBefore(last.signed)) {
            return "expected one signed at " + last.signed + " or later, got one signed at " + signed;
        }
        return updated.isBefore(last.updated)
                ? "expected one updated at " + last.updated + " or later, got one updated at " + text(updated)
                : "";
    }

    private static String text(Instant time) {
        return time.equals(Instant.MIN) ? "no time" : time.toString();
    }
}
