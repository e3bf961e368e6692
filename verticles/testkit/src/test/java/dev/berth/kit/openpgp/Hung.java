package dev.berth.kit.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;

/** What somebody without its secret can do to a public key: append packets. */
final class Hung {
    private Hung() {}

    /** The subkeys of the one key in {@code keyring}, with their signatures but without their owner. */
    static byte[] subkeyOf(Path keyring) throws IOException {
        PGPPublicKeyRing ring = KeyringFile.read(keyring).get(0);
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        ring.getPublicKeys().forEachRemaining(key -> {
            if (!key.isMasterKey()) {
                encode(key, packets);
            }
        });
        return packets.toByteArray();
    }

    private static void encode(PGPPublicKey key, ByteArrayOutputStream packets) {
        try {
            key.encode(packets);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
    }
}
