package dev.berth.testkit.upstream;

import dev.berth.testkit.ImageFixtures;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.CertificateEncodingException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Who a client says it is. */
final class Introduction {
    private Introduction() {}

    /** SHA-256 of the certificate it presented, hex, or empty when it presented none. */
    static String of(HttpServerRequest request) {
        try {
            return ImageFixtures.fingerprint(request.connection().peerCertificates().get(0).getEncoded());
        } catch (SSLPeerUnverifiedException e) {
            return "";
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
