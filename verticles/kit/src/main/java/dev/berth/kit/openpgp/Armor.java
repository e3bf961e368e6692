package dev.berth.kit.openpgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;

/** The printable form of OpenPGP packets (RFC 4880, 6). */
final class Armor {
    private Armor() {}

    /** What writes packets. */
    interface Packets {
        void to(ArmoredOutputStream out) throws IOException;
    }

    /** Without a line that tells which program made it. */
    static byte[] of(Packets packets) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArmoredOutputStream out = ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
            packets.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** The packets of {@code bytes}, armored or not. */
    static InputStream open(byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        return isArmored(bytes) ? ArmoredInputStream.builder().build(in) : in;
    }

    static boolean isArmored(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && Character.isWhitespace(bytes[at])) {
            at++;
        }
        return at < bytes.length && bytes[at] == '-';
    }
}
