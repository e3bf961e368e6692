package dev.berth.serve.edge;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** Names of certificates: SHA-256 of the DER form, in lower-case hex. */
final class Fingerprints {
    private Fingerprints() {}

    static String of(X509Certificate certificate) throws CertificateEncodingException {
        return HexFormat.of().formatHex(sha256(certificate.getEncoded()));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
