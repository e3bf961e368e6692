package dev.berth.kit.secret;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it may be kept: PBKDF2 with HMAC-SHA-512 and a salt of its own, written as
 * {@code pbkdf2-sha512$<iterations>$<salt hex>$<hash hex>}. Making and checking one takes about a tenth of a second of
 * processor time on purpose: never on an event loop.
 */
public final class PasswordHash {
    private static final String NAME = "pbkdf2-sha512";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PasswordHash() {}

    /** A new hash of {@code password}, with a new salt. */
    public static String of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        HexFormat hex = HexFormat.of();
        byte[] hash = derive(password, salt, ITERATIONS);
        return NAME + "$" + ITERATIONS + "$" + hex.formatHex(salt) + "$" + hex.formatHex(hash);
    }

    /**
     * True when {@code hash} was made of {@code password}. An empty hash fits no password.
     *
     * @throws IllegalArgumentException when {@code hash} is neither empty nor one of ours
     */
    public static boolean fits(String password, String hash) {
        if (hash.isEmpty()) {
            return false;
        }
        String[] parts = hash.split("\\$");
        if (parts.length != 4 || !parts[0].equals(NAME)) {
            throw new IllegalArgumentException("expected a kept password beginning with " + NAME + ", got another form");
        }
        HexFormat hex = HexFormat.of();
        byte[] derived = derive(password, hex.parseHex(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(derived, hex.parseHex(parts[3]));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }
}
