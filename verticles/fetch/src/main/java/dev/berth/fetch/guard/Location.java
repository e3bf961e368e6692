package dev.berth.fetch.guard;

import dev.berth.lxd.PathSegment;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Where something stands at another server: an https URL, taken apart.
 *
 * @param host lower-case name or address literal without brackets
 * @param port 1 to 65535
 * @param path escaped, begins with a slash, without the query
 * @param query escaped, or null
 * @param userInfo escaped {@code user:password}, or null; never shown
 */
public record Location(String host, int port, String path, String query, String userInfo) {
    private static final int HTTPS = 443;
    private static final int MOST_CHARACTERS = 8 << 10;

    /** Reads an absolute https URL. Throws {@link IllegalArgumentException} with what was expected and what came. */
    public static Location parse(String url) {
        if (url.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("expected a URL of at most " + MOST_CHARACTERS + " characters, got " + url.length());
        }
        try {
            return of(new URI(url.strip()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("expected a URL that begins with https://, got \"" + url + "\"", e);
        }
    }

    /** The place that a redirect from here names. */
    public Location redirected(String target) {
        try {
            return of(new URI(toString()).resolve(new URI(target.strip())));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("expected a URL in the redirect, got \"" + target + "\"", e);
        }
    }

    /** A place below this one; the query is dropped. {@code below} may begin with a slash and never leads outside. */
    public Location below(String below) {
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        int question = below.indexOf('?');
        String plain = question < 0 ? below : below.substring(0, question);
        for (String step : plain.split("/", -1)) {
            if (isUp(step)) {
                throw new IllegalArgumentException("expected a path below " + this + ", got \"" + below + "\"");
            }
        }
        String joined = base + (plain.startsWith("/") ? plain : "/" + plain);
        return new Location(host, port, joined, question < 0 ? null : below.substring(question + 1), userInfo);
    }

    /** {@code host:port}: what budgets, certificates and secrets belong to. */
    public String origin() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** The same for all spellings of a server's base URL: without slashes at its end, and without user and query. */
    public String base() {
        String all = toString();
        int end = all.length();
        while (all.charAt(end - 1) == '/') {
            end--;
        }
        return all.substring(0, end);
    }

    /** What stands in the request line. */
    public String target() {
        return query == null ? path : path + "?" + query;
    }

    /** The value of an Authorization header for the user named in the URL, or null. */
    public String authorization() {
        return userInfo == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(
                        PathSegment.unescape(userInfo).getBytes(StandardCharsets.UTF_8));
    }

    /** For people and logs: without query and user, where secrets travel. */
    @Override
    public String toString() {
        String named = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "https://" + named + (port == HTTPS ? "" : ":" + port) + path;
    }

    private static Location of(URI uri) {
        if (uri.getScheme() == null || !uri.getScheme().equalsIgnoreCase("https")) {
            throw new IllegalArgumentException("Only https:// is supported for remote image import, got \"" + shown(uri) + "\"");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("expected https://HOST[:PORT]/…, got \"" + shown(uri) + "\"");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Location(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? HTTPS : uri.getPort(),
                path,
                uri.getRawQuery(),
                uri.getRawUserInfo());
    }

    private static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    private static boolean isUp(String step) {
        return step.replace("%2e", ".").replace("%2E", ".").equals("..");
    }
}
