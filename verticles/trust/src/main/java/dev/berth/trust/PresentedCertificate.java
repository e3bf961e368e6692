package dev.berth.trust;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate that somebody wants to have trusted: read from its DER form, which must be all there is.
 *
 * @param der the form that the fingerprint is of
 */
record PresentedCertificate(X509Certificate certificate, byte[] der) {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int PEM_LINE = 64;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:[^,\\\\\"]|\\\\.)+)");

    /** @throws RefusedException when these bytes are not exactly one certificate */
    static PresentedCertificate read(byte[] der) {
        try {
            X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der == null ? new byte[0] : der));
            if (!Arrays.equals(read.getEncoded(), der)) {
                throw refused("Invalid certificate material: expected one certificate in DER form and nothing else");
            }
            return new PresentedCertificate(read, der);
        } catch (CertificateException e) {
            throw refused("Invalid certificate material: expected an X.509 certificate in DER form");
        }
    }

    /** SHA-256 of the DER form, in hex. */
    String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String pem() {
        String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    Optional<String> commonName() {
        Matcher name = COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        return name.find() ? Optional.of(name.group(1).replaceAll("\\\\(.)", "$1")) : Optional.empty();
    }

    /** @throws RefusedException when it is not valid now, or its key is weak (rest-api 2.2) */
    void checkGood(Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw refused("The provided certificate isn't valid yet");
        }
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw refused("The provided certificate is expired");
        }
        if (certificate.getPublicKey() instanceof RSAPublicKey key && key.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw refused("RSA key is too weak (minimum of " + LEAST_RSA_BITS + "bit)");
        }
    }

    private static RefusedException refused(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
