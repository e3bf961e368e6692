package dev.berth.serve.edge;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Client certificates that signed themselves, as lxc makes them. */
final class TestCertificates {
    private TestCertificates() {}

    static SelfSignedCertificate client() throws Exception {
        return valid(Instant.now().minusSeconds(60), Instant.now().plusSeconds(3600));
    }

    static SelfSignedCertificate expired() throws Exception {
        return valid(Instant.now().minusSeconds(3600), Instant.now().minusSeconds(60));
    }

    static SelfSignedCertificate notYetValid() throws Exception {
        return valid(Instant.now().plusSeconds(3600), Instant.now().plusSeconds(7200));
    }

    private static SelfSignedCertificate valid(Instant from, Instant to) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=root@somewhere,O=Somebody");
        var builder = new JcaX509v3CertificateBuilder(
                name, BigInteger.valueOf(from.getEpochSecond()), Date.from(from), Date.from(to), name, pair.getPublic());
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new SelfSignedCertificate(
                new JcaX509CertificateConverter().getCertificate(builder.build(signer)), pair.getPrivate());
    }
}
