package dev.berth.fetch.http;

import dev.berth.kit.tls.KeyInMemory;
import io.vertx.core.net.KeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who we are for servers that know us: the certificate we serve with ourselves, as daemons do. A server that trusts it
 * gives us its private images.
 *
 * @param chain leaf first
 */
public record OwnCertificate(PrivateKey key, List<X509Certificate> chain) {
    public OwnCertificate {
        chain = List.copyOf(chain);
    }

    KeyCertOptions options() throws GeneralSecurityException {
        return KeyInMemory.options(key, chain);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OwnCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
