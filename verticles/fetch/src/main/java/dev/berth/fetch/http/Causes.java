package dev.berth.fetch.http;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What a failed connection says to people. */
final class Causes {
    private static final int DEEPEST = 10;

    private Causes() {}

    static String inWords(Throwable cause) {
        CertificateException certificate = find(cause, CertificateException.class);
        if (certificate != null) {
            return certificate instanceof CertificateExpiredException
                    ? "the server's certificate has expired: " + certificate.getMessage()
                    : "the server's certificate is not trusted: " + certificate.getMessage();
        }
        if (find(cause, TimeoutException.class) != null) {
            return "timed out";
        }
        if (hungUp(cause)) {
            return "TLS failed: the server hung up during the handshake";
        }
        return find(cause, SSLException.class) == null
                ? withoutAddress(cause)
                : "TLS failed: " + withoutAddress(innermost(cause));
    }

    /** The connection ended in the middle of its TLS handshake, without a word about why. */
    static boolean hungUp(Throwable cause) {
        return find(cause, SSLException.class) != null && innermost(cause) instanceof ClosedChannelException;
    }

    /** The connection is no more. */
    static boolean ended(Throwable cause) {
        return find(cause, HttpClosedException.class) != null || find(cause, IOException.class) != null;
    }

    /** What wraps the reason only says that there is one. */
    private static Throwable innermost(Throwable cause) {
        Throwable at = cause;
        for (int depth = 0; at.getCause() != null && depth < DEEPEST; depth++) {
            at = at.getCause();
        }
        return at;
    }

    /** The address that was connected to stays our secret. */
    private static String withoutAddress(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.toLowerCase(Locale.ROOT).contains("connection refused")
                ? "connection refused"
                : text.replaceAll("[^ ]*/[0-9a-fA-F.:]+", "").strip();
    }

    private static <T> T find(Throwable cause, Class<T> kind) {
        Throwable at = cause;
        for (int depth = 0; at != null && depth < DEEPEST; depth++, at = at.getCause()) {
            if (kind.isInstance(at)) {
                return kind.cast(at);
            }
        }
        return null;
    }
}
