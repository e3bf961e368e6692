package dev.berth.serve.lxd.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a stranger shows to be trusted: a trust token in the base64 form its client built, the bare secret of one, or a
 * trust password. Clients put any of them into either field (rest-api 2.2, 2.3).
 *
 * @param text as it came
 */
record TrustProof(String text) {
    private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");

    /** True when the text is a whole token: then it is nothing else, and no password is tried. */
    boolean isToken() {
        return secretInToken().isPresent();
    }

    /** The secret to look up, when the text is a token or looks like the secret of one. */
    Optional<String> secret() {
        return secretInToken().or(() -> SECRET.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    }

    private Optional<String> secretInToken() {
        try {
            JsonNode token = LxdJson.read(Base64.getDecoder().decode(text.strip()));
            String secret = token == null ? "" : token.path("secret").asText("");
            return secret.isEmpty() ? Optional.empty() : Optional.of(secret);
        } catch (IllegalArgumentException notAToken) {
            return Optional.empty();
        }
    }

    /** Never shows what it holds: it would end up in a log. */
    @Override
    public String toString() {
        return "TrustProof[…]";
    }
}
