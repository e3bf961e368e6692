package dev.berth.trust;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Real self-signed certificates of every sort that somebody may present. */
final class TestCertificate {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final int DAY_SECONDS = 24 * 3600;
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private TestCertificate() {}

    /** A good one: EC P-384 as LXD's clients make them, valid for a day around noon. */
    static byte[] good(String commonName) {
        return make("EC", 384, "SHA384withECDSA", "CN=" + commonName, NOON.minusSeconds(DAY_SECONDS), NOON.plusSeconds(DAY_SECONDS));
    }

    static byte[] rsa(int bits) {
        return make("RSA", bits, "SHA256withRSA", "CN=rsa", NOON.minusSeconds(DAY_SECONDS), NOON.plusSeconds(DAY_SECONDS));
    }

    static byte[] validBetween(Instant from, Instant until) {
        return make("EC", 256, "SHA256withECDSA", "CN=late", from, until);
    }

    static byte[] named(String subject) {
        return make("EC", 256, "SHA256withECDSA", subject, NOON.minusSeconds(DAY_SECONDS), NOON.plusSeconds(DAY_SECONDS));
    }

    static String fingerprint(byte[] der) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] make(String algorithm, int bits, String signature, String subject, Instant from, Instant until) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            KeyPair keys = generator.generateKeyPair();
            ContentSigner signer = new JcaContentSignerBuilder(signature).build(keys.getPrivate());
            X500Name name = new X500Name(subject);
            return new JcaX509v3CertificateBuilder(
                            name, BigInteger.valueOf(SERIAL.getAndIncrement()), Date.from(from), Date.from(until), name, keys.getPublic())
                    .build(signer)
                    .getEncoded();
        } catch (Exception e) {
            throw new AssertionError("cannot make a certificate", e);
        }
    }
}
