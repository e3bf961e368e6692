package dev.berth.serve.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The token that a request brings along: as bearer, or as the password of a URL's user-info (formats fact 105). */
final class Credentials {
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private Credentials() {}

    /** @param header the Authorization header, or null; what cannot be read brings no token */
    static Optional<String> token(String header) {
        if (header == null) {
            return Optional.empty();
        }
        if (startsWith(header, BEARER)) {
            return present(header.substring(BEARER.length()).trim());
        }
        return startsWith(header, BASIC) ? password(header.substring(BASIC.length()).trim()) : Optional.empty();
    }

    private static boolean startsWith(String header, String scheme) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static Optional<String> password(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return present(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<String> present(String token) {
        return Optional.of(token).filter(text -> !text.isEmpty());
    }
}
