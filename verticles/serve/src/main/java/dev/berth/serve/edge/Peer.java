package dev.berth.serve.edge;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Who is at the other end of a connection, as far as the handshake told. Looked at once per connection.
 *
 * @param address {@code ip:port}, or {@code @} on the unix socket, or {@code null} when the system forgot it
 * @param local whether it came through the unix socket
 * @param certificate the one whose key the peer has, or null. What it shows behind that anybody can show.
 * @param fingerprint of the certificate, or empty
 */
record Peer(String address, boolean local, X509Certificate certificate, String fingerprint) {

    static Peer of(HttpConnection connection) {
        SocketAddress remote = connection.remoteAddress();
        if (remote != null && remote.isDomainSocket()) {
            return new Peer("@", true, null, "");
        }
        X509Certificate leaf = leaf(connection);
        return new Peer(String.valueOf(remote), false, leaf, leaf == null ? "" : fingerprint(leaf));
    }

    /** Says whether there is a certificate within its time of validity (rest-api 0.4). */
    boolean isCertifiedAt(Instant now) {
        if (certificate == null) {
            return false;
        }
        try {
            certificate.checkValidity(Date.from(now));
            return true;
        } catch (CertificateException outOfTime) {
            return false;
        }
    }

    private static X509Certificate leaf(HttpConnection connection) {
        if (!connection.isSsl()) {
            return null;
        }
        try {
            return (X509Certificate) connection.peerCertificates().get(0);
        } catch (SSLPeerUnverifiedException cameWithoutOne) {
            return null;
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
