package dev.berth.serve.lxd.images;

import dev.berth.contract.FetchContract.Source;
import dev.berth.serve.edge.EdgeTools;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/**
 * Recognises this very server as somebody's source: copies between its projects name it by the address that the client
 * uses, which may not be reachable from here (rest-api 6.4).
 */
final class OwnServer {
    private final EdgeTools edge;

    OwnServer(EdgeTools edge) {
        this.edge = edge;
    }

    /** By the pinned certificate; by the listen address when none is pinned. */
    boolean is(Source source) {
        boolean speaksLxd = source.protocol().isEmpty()
                || source.protocol().equals("lxd")
                || source.protocol().equals("incus");
        return speaksLxd
                && (source.certificate().isEmpty() ? isOwnAddress(source.server()) : isOwn(source.certificate()));
    }

    private boolean isOwn(String pem) {
        try {
            ByteArrayInputStream text = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(text)
                    .equals(edge.identity().certificate());
        } catch (CertificateException e) {
            return false;
        }
    }

    private boolean isOwnAddress(String server) {
        try {
            return edge.conf().listen().toString().equals(URI.create(server).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
