package dev.berth.serve.lxd.server;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The body of {@code POST /1.0/certificates} (rest-api 2.2), every key of which may be missing; texts are then empty.
 *
 * @param given the certificate to add, empty for that of the connection
 * @param password trust password or token
 * @param trustToken token
 * @param wantsToken true to issue a token instead of adding anything
 */
record NewCertificate(
        String name,
        String type,
        boolean restricted,
        List<String> projects,
        String description,
        String given,
        String password,
        String trustToken,
        boolean wantsToken) {
    private static final String CLIENT = "client";
    private static final Set<String> TYPES = Set.of(CLIENT, "metrics");

    /** Throws {@link RefusedException} with LXD's text. */
    static NewCertificate read(JsonFields body) {
        NewCertificate read = new NewCertificate(
                body.textOrEmpty("name"),
                body.has("type") && !body.text("type").isEmpty() ? body.text("type") : CLIENT,
                body.isSet("restricted"),
                body.has("projects") ? body.texts("projects") : List.of(),
                body.textOrEmpty("description"),
                body.textOrEmpty("certificate"),
                body.textOrEmpty("password"),
                body.textOrEmpty("trust_token"),
                body.isSet("token"));
        read.check();
        return read;
    }

    /** What was asked for when a token was issued: the token's word wins over that of its user (rest-api 8, 31). */
    static NewCertificate ofToken(Map<?, ?> request) {
        return new NewCertificate(
                text(request, "name"),
                text(request, "type"),
                Boolean.TRUE.equals(request.get("restricted")),
                request.get("projects") instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of(),
                text(request, "description"),
                "",
                "",
                "",
                false);
    }

    boolean hasProof() {
        return !password.isEmpty() || !trustToken.isEmpty();
    }

    /** The token field wins, because a client that fills it means it. */
    TrustProof proof() {
        return new TrustProof(trustToken.isEmpty() ? password : trustToken);
    }

    /** What a token remembers of this request, and what listing tokens shows of it. */
    Map<String, Object> echo() {
        Map<String, Object> echo = new LinkedHashMap<>();
        echo.put("name", name);
        echo.put("type", type);
        echo.put("restricted", restricted);
        echo.put("projects", projects);
        echo.put("description", description);
        echo.put("certificate", "");
        echo.put("password", "");
        echo.put("trust_token", "");
        echo.put("token", true);
        return echo;
    }

    private void check() {
        if (!TYPES.contains(type)) {
            throw invalid("Unknown request type \"" + type + "\"; expected client or metrics");
        }
        if (!restricted && !projects.isEmpty()) {
            throw invalid("Cannot specify projects for an unrestricted certificate; set restricted to true");
        }
        if (name.startsWith("-") || name.contains("/")) {
            throw invalid("A certificate name cannot start with \"-\" nor contain \"/\", got \"" + name + "\"");
        }
        if (wantsToken) {
            checkToken();
        }
    }

    private void checkToken() {
        if (!given.isEmpty()) {
            throw invalid("Can't use certificate if token is requested");
        }
        if (!type.equals(CLIENT)) {
            throw invalid("Tokens can only be issued for client certificates");
        }
        if (name.isEmpty()) {
            throw invalid("A token needs a name, which its clients cannot do without; got none");
        }
    }

    private static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    private static RefusedException invalid(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
