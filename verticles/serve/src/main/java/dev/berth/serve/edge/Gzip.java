package dev.berth.serve.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compression of answers, for speed rather than size. */
public final class Gzip {
    private static final int BUFFER = 8 << 10;

    private Gzip() {}

    /** @param acceptEncoding value of Accept-Encoding, or null */
    static boolean isTaken(String acceptEncoding) {
        return acceptEncoding != null
                && Arrays.stream(acceptEncoding.split(",")).map(String::strip).anyMatch(Gzip::isGzip);
    }

    private static boolean isGzip(String coding) {
        String[] parts = coding.split(";", 2);
        boolean refused = parts.length > 1 && parts[1].replace(" ", "").matches("q=0(\\.0*)?");
        return parts[0].strip().equalsIgnoreCase("gzip") && !refused;
    }

    public static byte[] of(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + BUFFER);
        try (OutputStream gzip = new Fast(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream target) throws IOException {
            super(target, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
