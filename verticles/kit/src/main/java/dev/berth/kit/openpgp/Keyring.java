package dev.berth.kit.openpgp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;

/**
 * The keys whose signatures are believed. A signature counts when one of them made it with SHA-256, SHA-384 or SHA-512,
 * the key is neither expired nor revoked now, and the signature neither expired nor dated more than a day ahead. Any
 * thread; blocks.
 */
public final class Keyring {
    private final String name;
    private final String digest;
    private final SignatureCheck check;

    private Keyring(String name, String digest, List<TrustedKey> keys, Clock clock) {
        this.name = name;
        this.digest = digest;
        this.check = new SignatureCheck(name, keys, clock);
    }

    /**
     * Reads a file of public keys, armored or not.
     *
     * @throws IOException naming the file when it cannot be read, is no keyring, or has no key that may sign
     */
    public static Keyring read(Path file, Clock clock) throws IOException {
        List<PGPPublicKeyRing> rings = KeyringFile.read(file);
        List<TrustedKey> keys = rings.stream().flatMap(ring -> CertifiedKeys.of(ring).stream()).toList();
        if (keys.isEmpty()) {
            throw new IOException(file + ": expected a keyring with at least one key that may sign, got "
                    + (rings.isEmpty() ? "an empty one" : rings.size() + " without"));
        }
        return new Keyring(file.getFileName().toString(), digest(keys), keys, clock);
    }

    /** Name of its file, without the folder: it may be told to strangers. */
    public String name() {
        return name;
    }

    /** The same for the same keys in the same state only, hex. */
    public String digest() {
        return digest;
    }

    /** Proves a text in a signed frame: one frame, nothing before it, nothing after it. */
    public Verified verifyClearSigned(byte[] document) throws SignatureRefused {
        ClearSigned parts = ClearSigned.parse(document);
        return check.verify(parts.armor(), PGPSignature.CANONICAL_TEXT_DOCUMENT, parts.text());
    }

    /** Proves these very bytes. */
    public Verified verifyDetached(byte[] bytes, byte[] signature) throws SignatureRefused {
        return check.verify(signature, PGPSignature.BINARY_DOCUMENT, Content.of(bytes));
    }

    private static String digest(List<TrustedKey> keys) {
        try {
            String all = keys.stream().map(TrustedKey::described).sorted()
                    .collect(Collectors.joining(","));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
