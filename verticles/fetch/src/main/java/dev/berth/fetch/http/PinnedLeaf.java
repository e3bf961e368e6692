package dev.berth.fetch.http;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;

/** Trusts exactly one certificate, whoever signed it, while it is valid (rest-api 0.4). */
final class PinnedLeaf extends LeafTrust {
    private final X509Certificate pinned;

    PinnedLeaf(X509Certificate pinned) {
        this.pinned = pinned;
    }

    @Override
    void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        if (!chain[0].equals(pinned)) {
            throw new CertificateException("the server's certificate changed: expected the one with fingerprint "
                    + Certificates.fingerprint(pinned) + ", got " + Certificates.fingerprint(chain[0]));
        }
    }
}
