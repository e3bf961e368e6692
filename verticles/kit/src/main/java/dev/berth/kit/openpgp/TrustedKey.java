package dev.berth.kit.openpgp;

import java.time.Instant;
import java.util.HexFormat;
import org.bouncycastle.openpgp.PGPPublicKey;

/**
 * A key of a keyring that may sign data.
 *
 * @param key the key
 * @param expires when it, or the key it belongs to, ends; or null
 * @param revoked whether it, or the key it belongs to, was taken back
 */
record TrustedKey(PGPPublicKey key, Instant expires, boolean revoked) {

    /** As people know it, 16 hex digits. */
    String id() {
        return id(key.getKeyID());
    }

    static String id(long keyId) {
        return String.format("%016X", keyId);
    }

    /** All of it in one word. */
    String described() {
        return HexFormat.of().formatHex(key.getFingerprint()) + " " + expires + " " + revoked;
    }

    /** Why it is worth nothing at this time; empty when it is good. */
    String problem(Instant now) {
        if (revoked) {
            return "key " + id() + " was revoked";
        }
        return expires == null || now.isBefore(expires) ? "" : "key " + id() + " expired at " + expires;
    }
}
