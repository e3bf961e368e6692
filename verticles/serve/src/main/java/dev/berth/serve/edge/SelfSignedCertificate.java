package dev.berth.serve.edge;

import dev.berth.kit.host.HostName;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for a server that has none: EC P-256, ten years. Clients pin it as a whole and check the first DNS name
 * in it (rest-api 0.5), so the machine's own name comes first.
 */
record SelfSignedCertificate(X509Certificate certificate, PrivateKey privateKey) {
    private static final int YEARS_IN_DAYS = 3650;
    private static final int SERIAL_BITS = 120;

    /** @param listenHost is named too when it is neither a wildcard nor known already */
    static SelfSignedCertificate make(String hostName, String listenHost)
            throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        return new SelfSignedCertificate(signed(pair, builder(pair, hostName, listenHost)), pair.getPrivate());
    }

    private static X509v3CertificateBuilder builder(KeyPair pair, String hostName, String listenHost)
            throws IOException {
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Berth")
                .addRDN(BCStyle.CN, hostName)
                .build();
        // An hour back, for clients whose clock is a little behind.
        Instant from = Instant.now().minus(1, ChronoUnit.HOURS);
        return new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
                        Date.from(from),
                        Date.from(from.plus(YEARS_IN_DAYS, ChronoUnit.DAYS)),
                        name,
                        pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, names(hostName, listenHost))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    }

    private static GeneralNames names(String hostName, String listenHost) {
        Set<String> hosts = new LinkedHashSet<>(Set.of(hostName));
        hosts.add("localhost");
        hosts.add("127.0.0.1");
        hosts.add("::1");
        if (!Set.of("0.0.0.0", "::", "").contains(listenHost)) {
            hosts.add(listenHost);
        }
        return new GeneralNames(hosts.stream().map(SelfSignedCertificate::name).toArray(GeneralName[]::new));
    }

    private static GeneralName name(String host) {
        return new GeneralName(HostName.isName(host) ? GeneralName.dNSName : GeneralName.iPAddress, host);
    }

    private static X509Certificate signed(KeyPair pair, X509v3CertificateBuilder builder)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign a certificate of our own", e);
        }
    }
}
