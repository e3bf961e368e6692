package dev.berth.serve.edge;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who this deployment is. All nodes of one service serve the same certificate (rest-api 0.6).
 *
 * @param certificatePem the leaf certificate
 * @param certificateFingerprint SHA-256 of its DER form, hex
 * @param serverName stable, and unique per deployment (rest-api 8, 9)
 * @param chain what the handshake sends: the leaf first, then what signed it
 */
public record ServerIdentity(
        String certificatePem,
        String certificateFingerprint,
        X509Certificate certificate,
        PrivateKey privateKey,
        String serverName,
        List<X509Certificate> chain) {
    public ServerIdentity {
        chain = List.copyOf(chain);
    }

    /** An identity whose certificate signed itself. */
    public ServerIdentity(
            String certificatePem,
            String certificateFingerprint,
            X509Certificate certificate,
            PrivateKey privateKey,
            String serverName) {
        this(certificatePem, certificateFingerprint, certificate, privateKey, serverName, List.of(certificate));
    }

    /**
     * Reads the identity, and makes it on the first start. Blocks: call it before the listeners open and not on an
     * event loop. Files (0600) are made whole or not at all.
     *
     * @throws IOException naming the file when one cannot be read or made
     * @throws GeneralSecurityException naming the file when certificate and key are no pair, or neither is understood
     */
    public static ServerIdentity loadOrCreate(ServeConf conf) throws IOException, GeneralSecurityException {
        return new IdentityFiles(conf).loadOrCreate();
    }
}
