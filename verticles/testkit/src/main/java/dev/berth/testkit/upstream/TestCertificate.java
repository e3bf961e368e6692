package dev.berth.testkit.upstream;

import dev.berth.testkit.ImageFixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that signed itself.
 *
 * @param certificate PEM
 * @param key PEM
 */
public record TestCertificate(String certificate, String key) {
    private static final AtomicLong SERIAL = new AtomicLong(Instant.now().toEpochMilli());

    /** A good one for {@code localhost} and 127.0.0.1. */
    public static TestCertificate loopback() {
        return make(Duration.ofHours(-1), Duration.ofHours(1), loopbackNames());
    }

    /** Of the right names, but its time is over. */
    public static TestCertificate expired() {
        return make(Duration.ofHours(-2), Duration.ofHours(-1), loopbackNames());
    }

    /** Good, but for another server. */
    public static TestCertificate elsewhere() {
        return make(
                Duration.ofHours(-1),
                Duration.ofHours(1),
                new GeneralNames(new GeneralName(GeneralName.dNSName, "elsewhere.example")));
    }

    /** Writes the PEM of the certificate into {@code folder}, under a name of its own. */
    public Path writtenTo(Path folder) {
        try {
            return Files.writeString(Files.createTempFile(folder, "certificate", ".pem"), certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate itself. */
    public X509Certificate leaf() {
        try (InputStream pem = new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("cannot read a certificate", e);
        }
    }

    /** SHA-256 of its DER form, hex. */
    public String fingerprint() {
        try {
            return ImageFixtures.fingerprint(leaf().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("cannot encode a certificate", e);
        }
    }

    /** The key itself. */
    public PrivateKey privateKey() {
        byte[] der = Base64.getMimeDecoder().decode(key.replaceAll("-----[A-Z ]+-----", ""));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("cannot read a key", e);
        }
    }

    private static GeneralNames loopbackNames() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
    }

    private static TestCertificate make(Duration from, Duration until, GeneralNames names) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            X500Name subject = new X500Name("CN=localhost,O=Fake upstream");
            Instant now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    subject,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(now.plus(from)),
                    Date.from(now.plus(until)),
                    subject,
                    keys.getPublic());
            builder.addExtension(Extension.subjectAlternativeName, false, names);
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new TestCertificate(pem(builder.build(signer)), pem(keys.getPrivate()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new AssertionError("cannot make a certificate", e);
        }
    }

    private static String pem(Object item) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(item instanceof PrivateKey key
                    ? new JcaPKCS8Generator(key, null)
                    : item);
        }
        return text.toString();
    }
}
