package dev.berth.kit.openpgp;

import dev.berth.kit.disk.PrivateFiles;
import dev.berth.kit.host.HostName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;

/** The key that this deployment signs its indexes with, always with SHA-512. Any thread; blocks. */
public final class SigningKey {
    private static final String FILE = "openpgp.key";
    private static final String DIGEST = "SHA512";
    private static final int BUFFER = 64 * 1024;

    private final PGPSecretKeyRing ring;
    private final PGPPublicKey publicKey;
    private final PGPPrivateKey privateKey;
    private final Clock clock;

    private SigningKey(PGPSecretKeyRing ring, Clock clock) throws PGPException {
        this.ring = ring;
        this.publicKey = ring.getPublicKey();
        this.privateKey = ring.getSecretKey().extractPrivateKey(null);
        this.clock = clock;
    }

    /**
     * Reads {@code openpgp.key} in {@code keys}, and makes it (0600, whole or not at all, safe from a power cut) when
     * there is none, under the name of this machine. Several processes at once end up with the same key.
     *
     * @throws IOException naming the file when it cannot be read or made, or is no key
     */
    public static SigningKey loadOrCreate(Path keys, Clock clock) throws IOException {
        Path file = keys.resolve(FILE);
        PrivateFiles.makeFolder(keys);
        if (!Files.exists(file)) {
            PrivateFiles.writeNew(file, make("Berth image signing " + HostName.own(), clock).armored());
        }
        byte[] kept = Files.readAllBytes(file);
        try {
            return read(kept, clock);
        } catch (PGPException | IOException | RuntimeException e) {
            throw new IOException(file + " is no OpenPGP secret key without pass phrase: " + e.getMessage(), e);
        }
    }

    /** Makes one that is kept nowhere. */
    public static SigningKey make(String userId, Clock clock) {
        try {
            return new SigningKey(NewKey.of(userId, clock.instant()), clock);
        } catch (PGPException e) {
            throw new IllegalStateException("a new key cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The text in a signed frame.
     *
     * @throws IllegalArgumentException when GnuPG could not read it: a line of more than 19,990 bytes, or a carriage
     *     return inside a line
     */
    public byte[] clearSign(byte[] text) {
        TextLines lines = TextLines.of(text);
        if (lines.longest() > TextLines.LONGEST || lines.hasReturnInside()) {
            throw new IllegalArgumentException("expected lines of at most " + TextLines.LONGEST
                    + " bytes without a carriage return inside, got one of " + lines.longest());
        }
        byte[] signature = armored(sign(PGPSignature.CANONICAL_TEXT_DOCUMENT, lines));
        return ClearSigned.framed(lines, DIGEST, signature);
    }

    /** An armored signature of these very bytes. */
    public byte[] detach(byte[] bytes) {
        return armored(sign(PGPSignature.BINARY_DOCUMENT, Content.of(bytes)));
    }

    /**
     * An armored signature of all that comes, read to its end; not closed here.
     *
     * @throws IOException what the stream threw
     */
    public byte[] detach(InputStream content) throws IOException {
        PGPSignatureGenerator generator = generator(PGPSignature.BINARY_DOCUMENT);
        byte[] buffer = new byte[BUFFER];
        int got = content.read(buffer);
        while (got >= 0) {
            generator.update(buffer, 0, got);
            got = content.read(buffer);
        }
        return armored(signature(generator));
    }

    /** Armored, for {@code gpg --import} and keyrings. */
    public String publicKey() {
        byte[] armored = Armor.of(out -> ring.toCertificate().encode(out));
        return new String(armored, StandardCharsets.US_ASCII);
    }

    /** 40 hex digits. */
    public String fingerprint() {
        return HexFormat.of().withUpperCase().formatHex(publicKey.getFingerprint());
    }

    /** To the second. */
    public Instant made() {
        return publicKey.getCreationTime().toInstant();
    }

    private String armored() {
        return new String(Armor.of(ring::encode), StandardCharsets.US_ASCII);
    }

    private static SigningKey read(byte[] file, Clock clock) throws IOException, PGPException {
        return new SigningKey(new PGPSecretKeyRing(Armor.open(file), new BcKeyFingerprintCalculator()), clock);
    }

    private PGPSignature sign(int type, Content content) {
        PGPSignatureGenerator generator = generator(type);
        content.into(generator::update);
        return signature(generator);
    }

    private PGPSignatureGenerator generator(int type) {
        try {
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(publicKey.getAlgorithm(), HashAlgorithmTags.SHA512), publicKey);
            generator.init(type, privateKey);
            describe(generator);
            return generator;
        } catch (PGPException e) {
            throw doesNotSign(e);
        }
    }

    private static PGPSignature signature(PGPSignatureGenerator generator) {
        try {
            return generator.generate();
        } catch (PGPException e) {
            throw doesNotSign(e);
        }
    }

    private static IllegalStateException doesNotSign(PGPException cause) {
        return new IllegalStateException("the key of this deployment does not sign: " + cause.getMessage(), cause);
    }

    private void describe(PGPSignatureGenerator generator) {
        PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
        hashed.setSignatureCreationTime(false, Date.from(now()));
        hashed.setIssuerFingerprint(false, publicKey);
        generator.setHashedSubpackets(hashed.generate());
        PGPSignatureSubpacketGenerator open = new PGPSignatureSubpacketGenerator();
        open.setIssuerKeyID(false, publicKey.getKeyID());
        generator.setUnhashedSubpackets(open.generate());
    }

    /** Nobody believes a signature that is older than its key, not even after the machine's clock was set back. */
    private Instant now() {
        Instant now = clock.instant();
        return now.isBefore(made()) ? made() : now;
    }

    private static byte[] armored(PGPSignature signature) {
        return Armor.of(signature::encode);
    }
}
