package dev.berth.serve.edge;

import dev.berth.kit.tls.KeyInMemory;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** TLS 1.3 and 1.2 with authenticated ciphers only; a client certificate is asked for and never required. */
final class Tls {
    /** System property: {@code true} uses Java's own TLS also where the native one loads. */
    static final String FORCE_JDK = "berth.tls.jdk";

    /** 128 bits first: as safe for this purpose, and faster for large downloads. */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private Tls() {}

    /** Whether TLS runs outside Java: faster, and with it {@code sendFile} is worth while. */
    static boolean isNative() {
        return !Boolean.getBoolean(FORCE_JDK) && OpenSSLEngineOptions.isAvailable();
    }

    static HttpServerOptions on(HttpServerOptions options, ServerIdentity identity, EdgeLimits limits) {
        CIPHERS.forEach(options::addEnabledCipherSuite);
        return options.setSsl(true)
                .setUseAlpn(true)
                .setSslEngineOptions(engine())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setClientAuth(ClientAuth.REQUEST)
                .setTrustOptions(TrustOptions.wrap(new AnyClient()))
                .setKeyCertOptions(keys(identity))
                .setSslHandshakeTimeout(limits.handshake().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private static SSLEngineOptions engine() {
        return isNative() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions();
    }

    private static KeyCertOptions keys(ServerIdentity identity) {
        try {
            return KeyInMemory.options(identity.privateKey(), identity.chain());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read cannot be served with", e);
        }
    }
}
