package dev.berth.fetch.http;

import dev.berth.fetch.guard.Location;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A question to another server.
 *
 * @param headers sent with it; those in {@link #PRIVATE} never go to another origin
 * @param pin PEM of the one certificate that {@code location}'s server must present, or empty
 * @param introduced true when we show our own certificate to a server that asks for one
 * @param body what goes out with it, or null; a question with a body is not redirected
 */
public record Ask(
        HttpMethod method,
        Location location,
        Map<String, String> headers,
        String pin,
        boolean introduced,
        Outgoing body) {
    private static final Set<String> PRIVATE = Set.of("authorization", "cookie");

    public Ask {
        headers = Map.copyOf(headers);
    }

    /** A question without a body. */
    public Ask(HttpMethod method, Location location, Map<String, String> headers, String pin) {
        this(method, location, headers, pin, null);
    }

    /** A question of nobody in particular. */
    public Ask(HttpMethod method, Location location, Map<String, String> headers, String pin, Outgoing body) {
        this(method, location, headers, pin, false, body);
    }

    public static Ask get(Location location, String pin) {
        return new Ask(HttpMethod.GET, location, Map.of(), pin);
    }

    public Ask with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Ask(method, location, all, pin, introduced, body);
    }

    /** The same question, and whoever is asked may know who we are: what is private may be open to us. */
    public Ask asOurselves() {
        return new Ask(method, location, headers, pin, true, body);
    }

    /**
     * The same question elsewhere. Another origin learns no secret and not who we are, and its certificate is not the
     * pinned one.
     */
    Ask redirected(Location target) {
        if (body != null) {
            throw new IllegalArgumentException("a body is sent to the server that was named, and to no other");
        }
        if (target.origin().equals(location.origin())) {
            return new Ask(method, target, headers, pin, introduced, null);
        }
        Map<String, String> open = new HashMap<>(headers);
        open.keySet().removeIf(name -> PRIVATE.contains(name.toLowerCase(Locale.ROOT)));
        return new Ask(method, target, open, "");
    }
}
