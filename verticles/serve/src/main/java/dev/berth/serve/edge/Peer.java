package dev.berth.serve.edge;

import io.vertx.core.http.HttpConnection;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Who is at the other end of a connection, as far as the handshake told. Looked at once per connection.
 *
 * @param address {@code ip:port}, or {@code @} on the unix socket
 * @param local whether it came through the unix socket
 * @param certificates as presented, leaf first
 * @param fingerprints of the certificates, in the same order
 */
record Peer(String address, boolean local, List<X509Certificate> certificates, List<String> fingerprints) {

    static Peer of(HttpConnection connection) {
        if (connection.remoteAddress() == null || !connection.remoteAddress().isInetSocket()) {
            return new Peer("@", true, List.of(), List.of());
        }
        List<X509Certificate> certificates = presented(connection);
        return new Peer(
                connection.remoteAddress().toString(),
                false,
                certificates,
                certificates.stream().map(Peer::fingerprint).toList());
    }

    /** Those that are within their time of validity (rest-api 0.4). */
    List<String> validAt(Instant now) {
        List<String> valid = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            if (isValid(certificates.get(i), now)) {
                valid.add(fingerprints.get(i));
            }
        }
        return valid;
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
            return true;
        } catch (CertificateException outOfTime) {
            return false;
        }
    }

    private static List<X509Certificate> presented(HttpConnection connection) {
        if (!connection.isSsl()) {
            return List.of();
        }
        try {
            List<X509Certificate> all = new ArrayList<>();
            for (Certificate certificate : connection.peerCertificates()) {
                all.add((X509Certificate) certificate);
            }
            return List.copyOf(all);
        } catch (SSLPeerUnverifiedException cameWithoutOne) {
            return List.of();
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return Fingerprints.of(certificate);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of the handshake cannot be encoded", e);
        }
    }
}
