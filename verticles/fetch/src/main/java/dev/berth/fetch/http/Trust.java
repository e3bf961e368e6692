package dev.berth.fetch.http;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
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
 * pinned; and whether we say who we are. Connections are pooled by these options, so the same question must give the
 * same object, and one who knows us never serves a question of nobody. One thread.
 */
public final class Trust {
    private static final int MOST_KINDS = 1_000;
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    private final LeafTrust usual;
    private final KeyCertOptions own;
    private final Map<Kind, ClientSSLOptions> kinds = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, ClientSSLOptions> eldest) {
            return size() > MOST_KINDS;
        }
    };

    private record Kind(String pin, boolean introduced) {}

    private Trust(LeafTrust usual, KeyCertOptions own) {
        this.usual = usual;
        this.own = own;
    }

    /** Reads files: not for an event loop. */
    public static Trust of(List<Path> additions, OwnCertificate own) throws IOException, GeneralSecurityException {
        return new Trust(new TrustedChain(manager(known(additions))), own.options());
    }

    /** Null stands for the machine's authorities, without the time that a copy of them takes. */
    private static KeyStore known(List<Path> additions) throws GeneralSecurityException, IOException {
        if (additions.isEmpty()) {
            return null;
        }
        KeyStore known = machineAuthorities();
        for (Path file : additions) {
            add(known, file);
        }
        return known;
    }

    ClientSSLOptions towards(Ask ask) {
        return kinds.computeIfAbsent(new Kind(ask.pin().strip(), ask.introduced()), this::options);
    }

    private ClientSSLOptions options(Kind kind) {
        ClientSSLOptions options = kind.pin.isEmpty()
                ? options(usual).setHostnameVerificationAlgorithm("HTTPS")
                : pinnedTo(kind.pin);
        return kind.introduced ? options.setKeyCertOptions(own) : options;
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
