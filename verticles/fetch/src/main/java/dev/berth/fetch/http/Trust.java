package dev.berth.fetch.http;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom to believe: the machine's authorities and the operator's additions for everybody, one certificate where it is
 * pinned. Connections are pooled by these options, so the same pin must give the same object. One thread.
 */
public final class Trust {
    private static final int MOST_PINS = 1_000;
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    private final ClientSSLOptions usual;
    private final Map<String, ClientSSLOptions> pinned = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ClientSSLOptions> eldest) {
            return size() > MOST_PINS;
        }
    };

    private Trust(ClientSSLOptions usual) {
        this.usual = usual;
    }

    /** Reads files: not for an event loop. */
    public static Trust of(List<Path> additions) throws IOException, GeneralSecurityException {
        KeyStore known = machineAuthorities();
        for (Path file : additions) {
            add(known, file);
        }
        X509ExtendedTrustManager manager = manager(known);
        return new Trust(options(new TrustedChain(manager)).setHostnameVerificationAlgorithm("HTTPS"));
    }

    /** @param pin PEM, or empty */
    ClientSSLOptions forPin(String pin) {
        return pin.isBlank() ? usual : pinned.computeIfAbsent(pin, Trust::pinnedTo);
    }

    /** The name in a pinned certificate is not looked at: the certificate itself is the identity (rest-api 0.5). */
    private static ClientSSLOptions pinnedTo(String pin) {
        try {
            return options(new PinnedLeaf(Certificates.read(pin).get(0))).setHostnameVerificationAlgorithm("");
        } catch (CertificateException e) {
            throw FetchFailure.invalid("source.certificate: expected a certificate in PEM form: " + e.getMessage());
        }
    }

    private static ClientSSLOptions options(LeafTrust trust) {
        return new ClientSSLOptions()
                .setTrustOptions(TrustOptions.wrap(trust))
                .setEnabledSecureTransportProtocols(PROTOCOLS);
    }

    private static KeyStore machineAuthorities() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate authority : manager(null).getAcceptedIssuers()) {
            store.setCertificateEntry(Certificates.fingerprint(authority), authority);
        }
        return store;
    }

    private static void add(KeyStore store, Path file) throws GeneralSecurityException, IOException {
        try {
            for (X509Certificate certificate : Certificates.read(Files.readString(file))) {
                store.setCertificateEntry(Certificates.fingerprint(certificate), certificate);
            }
        } catch (CertificateException | IOException e) {
            throw new IOException("fetch.trusted-certificates: expected PEM certificates in " + file + ": " + e.getMessage(), e);
        }
    }

    private static X509ExtendedTrustManager manager(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }
}
