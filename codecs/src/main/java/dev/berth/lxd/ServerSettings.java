package dev.berth.lxd;

import dev.berth.format.CompressionAlgorithm;
import dev.berth.format.Dialect;
import dev.berth.format.FormatException;
import dev.berth.image.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The server settings clients may read and write at {@code /1.0} (rest-api 6.1): which keys there are, what they take,
 * and what a change makes of them. Only what differs from the default is kept and shown.
 */
public final class ServerSettings {
    /** Write-only: clients set it, and never read it. */
    public static final String TRUST_PASSWORD = "core.trust_password";
    /** What clients send back for a secret they did not read: leave it alone. */
    public static final String UNCHANGED = "true";

    private static final String FREE = "user.";
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");
    private static final Set<String> NO = Set.of("false", "0", "no", "off");
    private static final Pattern EXPIRY = Pattern.compile("\\d+[SMHdwmy](\\s+\\d+[SMHdwmy])*");
    private static final Map<String, Key> KEYS = Map.ofEntries(
            Map.entry("images.remote_cache_expiry", new Key("10", ServerSettings::integer)),
            Map.entry("images.auto_update_interval", new Key("6", ServerSettings::integer)),
            Map.entry("images.auto_update_cached", new Key("true", ServerSettings::flag)),
            Map.entry("images.compression_algorithm", new Key("gzip", ServerSettings::compression)),
            Map.entry("images.default_architecture", new Key("", ServerSettings::architecture)),
            Map.entry("core.https_address", Key.TEXT),
            Map.entry(TRUST_PASSWORD, Key.TEXT),
            Map.entry("core.remote_token_expiry", new Key("", ServerSettings::expiry)),
            Map.entry("core.https_allowed_origin", Key.TEXT),
            Map.entry("core.https_allowed_methods", Key.TEXT),
            Map.entry("core.https_allowed_headers", Key.TEXT),
            Map.entry("core.https_allowed_credentials", new Key("false", ServerSettings::flag)),
            Map.entry("core.https_trusted_proxy", Key.TEXT),
            Map.entry("core.trust_ca_certificates", new Key("false", ServerSettings::flag)),
            Map.entry("core.metrics_address", Key.TEXT),
            Map.entry("core.metrics_authentication", new Key("true", ServerSettings::flag)),
            Map.entry("core.proxy_http", Key.TEXT),
            Map.entry("core.proxy_https", Key.TEXT),
            Map.entry("core.proxy_ignore_hosts", Key.TEXT));

    private ServerSettings() {}

    /** What is wrong with some values, in LXD's words, or empty; empty and null values are always fine for known keys. */
    public static Optional<String> complaint(Map<String, String> values) {
        List<String> complaints = new ArrayList<>();
        new TreeMap<>(values).forEach((key, value) -> {
            String text = value == null ? "" : value;
            problem(key, text).ifPresent(problem -> complaints.add(sentence(key, text, problem)));
        });
        if (complaints.size() < 2) {
            return complaints.stream().findFirst();
        }
        return Optional.of(complaints.get(0) + " (and " + (complaints.size() - 1) + " more errors)");
    }

    /**
     * What {@code present} becomes.
     *
     * @param present what is kept now, the trust password (as a hash) included
     * @param changes valid new values; null and empty ones unset
     * @param replace true: what is not named is unset, except the secret that no client can name without changing it
     */
    public static Map<String, String> changed(Map<String, String> present, Map<String, String> changes, boolean replace) {
        Map<String, String> after = new TreeMap<>(present);
        if (replace) {
            after.keySet().removeIf(key -> !key.equals(TRUST_PASSWORD));
        }
        changes.forEach((key, value) -> change(after, key, value == null ? "" : value));
        return after;
    }

    /** True when {@code changes} bring a new trust password, which must be hashed before it is kept. */
    public static boolean setsTrustPassword(Map<String, String> changes) {
        String password = changes.get(TRUST_PASSWORD);
        return password != null && !password.isEmpty() && !password.equals(UNCHANGED);
    }

    /** {@code settings} as clients may read them: without secrets. */
    public static Map<String, String> visible(Map<String, String> settings) {
        Map<String, String> visible = new TreeMap<>(settings);
        visible.remove(TRUST_PASSWORD);
        return visible;
    }

    /** What an edit can change, in the form its tag is made of. */
    public static byte[] editable(Map<String, String> settings) {
        return LxdJson.bytes(visible(settings));
    }

    private static void change(Map<String, String> settings, String key, String value) {
        if (key.equals(TRUST_PASSWORD) && value.equals(UNCHANGED)) {
            return;
        }
        String normal = normal(key, value);
        if (normal.isEmpty() || normal.equals(standard(key))) {
            settings.remove(key);
        } else {
            settings.put(key, normal);
        }
    }

    /** The default of a key, or empty. */
    static String standard(String key) {
        return KEYS.containsKey(key) ? KEYS.get(key).standard() : "";
    }

    private static String normal(String key, String value) {
        boolean isFlag = standard(key).equals("true") || standard(key).equals("false");
        if (!isFlag || value.isEmpty()) {
            return value;
        }
        return isYes(value) ? "true" : "false";
    }

    private static boolean isYes(String value) {
        return YES.contains(lower(value));
    }

    private static Optional<String> problem(String key, String value) {
        if (key.startsWith(FREE) && key.length() > FREE.length()) {
            return Optional.empty();
        }
        if (!KEYS.containsKey(key)) {
            return Optional.of("unknown key");
        }
        return value.isEmpty() ? Optional.empty() : KEYS.get(key).check().problem(value);
    }

    private static String sentence(String key, String value, String problem) {
        String shown = key.equals(TRUST_PASSWORD) ? "" : " to '" + value + "'";
        return "cannot set '" + key + "'" + shown + ": " + problem;
    }

    private static Optional<String> integer(String value) {
        try {
            Long.parseLong(value);
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of("invalid integer");
        }
    }

    private static Optional<String> flag(String value) {
        boolean known = YES.contains(lower(value)) || NO.contains(lower(value));
        return known ? Optional.empty() : Optional.of("invalid boolean");
    }

    /** LXD and Incus know different programs; what either of them takes is fine here. */
    private static Optional<String> compression(String value) {
        Optional<String> problem = compression(value, Dialect.LXD);
        return problem.isPresent() && compression(value, Dialect.INCUS).isEmpty() ? Optional.empty() : problem;
    }

    private static Optional<String> compression(String value, Dialect dialect) {
        try {
            CompressionAlgorithm.validate(value, dialect);
            return Optional.empty();
        } catch (FormatException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> architecture(String value) {
        boolean known = Architecture.find(value).isPresent();
        return known ? Optional.empty() : Optional.of("Architecture isn't supported: " + value);
    }

    private static Optional<String> expiry(String value) {
        return EXPIRY.matcher(value.strip()).matches() ? Optional.empty() : Optional.of("Invalid expiry expression");
    }

    private static String lower(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    /**
     * @param standard the default, which is not shown
     * @param check what values it takes
     */
    private record Key(String standard, Check check) {
        static final Key TEXT = new Key("", value -> Optional.empty());
    }

    private interface Check {
        Optional<String> problem(String value);
    }
}
