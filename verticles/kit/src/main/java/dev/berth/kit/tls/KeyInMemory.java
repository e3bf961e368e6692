package dev.berth.kit.tls;

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
 * One key for TLS, from memory to memory.
 *
 * <p>Java's usual kind of key store would encrypt the key with ten thousand rounds of a password hash, and Vert.x's options
 * for PEM do the same: a good deal of the time to be ready, for a file that nobody ever writes.
 */
public final class KeyInMemory {
    /** The oldest kind: what protects its keys costs nothing, and here protects nothing. */
    private static final String KIND = "JKS";

    private static final char[] NO_PASSWORD = new char[0];

    private KeyInMemory() {}

    /** @param chain the leaf first */
    public static KeyCertOptions options(PrivateKey key, List<X509Certificate> chain) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KIND);
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store cannot be made", e);
        }
        store.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return KeyCertOptions.wrap((X509KeyManager) factory.getKeyManagers()[0]);
    }
}
