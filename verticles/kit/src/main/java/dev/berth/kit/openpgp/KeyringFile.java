package dev.berth.kit.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.bc.BcPGPPublicKeyRingCollection;

/** Reads public keys as {@code gpg --export} writes them, armored (any number of blocks) or not. */
final class KeyringFile {
    private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private static final long MOST_BYTES = 8 << 20;

    private KeyringFile() {}

    static List<PGPPublicKeyRing> read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + ": expected a keyring of at most " + MOST_BYTES + " bytes, got " + Files.size(file));
        }
        byte[] bytes = Files.readAllBytes(file);
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        try {
            for (byte[] block : blocks(bytes)) {
                collect(block, rings);
            }
        } catch (PGPException | IOException | RuntimeException e) {
            throw new IOException(file + ": expected public keys as `gpg --export` writes them, got something else: "
                    + e.getMessage(), e);
        }
        return rings;
    }

    private static List<byte[]> blocks(byte[] bytes) {
        if (!Armor.isArmored(bytes)) {
            return List.of(bytes);
        }
        List<byte[]> blocks = new ArrayList<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            int next = text.indexOf(BEGIN, at + 1);
            blocks.add(text.substring(at, next < 0 ? text.length() : next).getBytes(StandardCharsets.ISO_8859_1));
        }
        return blocks;
    }

    private static void collect(byte[] block, List<PGPPublicKeyRing> rings) throws IOException, PGPException {
        try (InputStream in = Armor.open(block)) {
            byte[] packets = in.readAllBytes();
            if (packets.length > 0) {
                new BcPGPPublicKeyRingCollection(new ByteArrayInputStream(packets)).forEach(rings::add);
            }
        }
    }
}
