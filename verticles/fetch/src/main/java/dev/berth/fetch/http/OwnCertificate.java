package dev.berth.fetch.http;

import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * Who we are for servers that know us: the certificate we serve with ourselves, as daemons do. A server that trusts it
 * gives us its private images.
 *
 * @param chain leaf first
 */
public record OwnCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final char[] IN_MEMORY = new char[0];

    public OwnCertificate {
        chain = List.copyOf(chain);
    }

    KeyCertOptions options() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("own", key, IN_MEMORY, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY);
        return KeyCertOptions.wrap((X509KeyManager) factory.getKeyManagers()[0]);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OwnCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
