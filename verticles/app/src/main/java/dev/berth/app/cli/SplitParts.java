package dev.berth.app.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a downloaded multipart body apart into one file per part, named as the parts say. Memory does not grow with the
 * body: a part ends where the delimiter line begins, and the delimiter is looked for byte by byte.
 */
final class SplitParts {
    private static final int BUFFER = 256 << 10;

    private final InputStream in;
    private final byte[] delimiter;

    private SplitParts(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Writes the parts of {@code body} into {@code folder}; their paths in order. */
    static List<Path> extract(Path body, String boundary, Path folder) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(body), BUFFER)) {
            SplitParts parts = new SplitParts(in, boundary);
            parts.expectFirstDelimiter();
            List<Path> written = new ArrayList<>();
            while (parts.anotherFollows()) {
                written.add(parts.extractOne(folder));
            }
            return written;
        }
    }

    private void expectFirstDelimiter() throws IOException {
        byte[] first = in.readNBytes(delimiter.length - 2);
        if (!new String(first, StandardCharsets.ISO_8859_1).equals(new String(delimiter, 2, delimiter.length - 2,
                StandardCharsets.ISO_8859_1))) {
            throw new IOException("expected a multipart body to begin with its boundary");
        }
    }

    private boolean anotherFollows() throws IOException {
        String rest = line();
        return !rest.startsWith("--");
    }

    private Path extractOne(Path folder) throws IOException {
        String name = null;
        for (String header = line(); !header.isEmpty(); header = line()) {
            name = new Download(null, header).filename(name);
        }
        if (name == null) {
            throw new IOException("expected each part to have a file name, got one without");
        }
        Path target = folder.resolve(Path.of(name).getFileName());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), BUFFER)) {
            copyUpToDelimiter(out);
        }
        return target;
    }

    /** The delimiter's first byte occurs nowhere else in it, so a mismatch can only begin anew at the byte at hand. */
    private void copyUpToDelimiter(OutputStream out) throws IOException {
        int matched = 0;
        while (matched < delimiter.length) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("expected the boundary at the end of a part, got the end of the body");
            }
            if (next == delimiter[matched]) {
                matched++;
            } else {
                out.write(delimiter, 0, matched);
                matched = next == delimiter[0] ? 1 : 0;
                if (matched == 0) {
                    out.write(next);
                }
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < BUFFER; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
