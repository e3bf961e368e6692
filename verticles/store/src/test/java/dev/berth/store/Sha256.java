package dev.berth.store;

import dev.berth.image.BlobId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names bytes. */
final class Sha256 {
    private Sha256() {}

    static BlobId of(byte[] bytes) {
        try {
            return new BlobId(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
