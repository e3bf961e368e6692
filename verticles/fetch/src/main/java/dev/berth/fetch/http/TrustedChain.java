package dev.berth.fetch.http;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts what the machine trusts, and what the operator added. */
final class TrustedChain extends LeafTrust {
    private final X509ExtendedTrustManager known;

    TrustedChain(X509ExtendedTrustManager known) {
        this.known = known;
    }

    @Override
    void check(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        known.checkServerTrusted(chain, authType, engine);
    }
}
