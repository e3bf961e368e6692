package dev.berth.serve.edge;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * Who this deployment is. All nodes of one service serve the same certificate (rest-api 0.6).
 *
 * @param certificatePem the leaf certificate
 * @param certificateFingerprint SHA-256 of its DER form, hex
 * @param serverName stable, and unique per deployment (rest-api 8, 9)
 */
public record ServerIdentity(
        String certificatePem,
        String certificateFingerprint,
        X509Certificate certificate,
        PrivateKey privateKey,
        String serverName) {}
