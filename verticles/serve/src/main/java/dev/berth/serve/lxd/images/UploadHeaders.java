package dev.berth.serve.lxd.images;

import dev.berth.contract.Refused;
import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.ProjectOf;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What an upload says about itself in its headers, in either dialect (rest-api 3.4).
 *
 * @param filename as given, may be empty
 * @param visible public or not
 * @param properties from all header lines
 * @param profiles names, or null when the header is missing
 * @param aliases to make with the image
 * @param expected the fingerprint the bytes must have, or null
 * @param secret of an upload token, or empty
 * @param incus the sender speaks Incus
 */
record UploadHeaders(
        String filename,
        boolean visible,
        Map<String, String> properties,
        List<String> profiles,
        List<Alias> aliases,
        Fingerprint expected,
        String secret,
        boolean incus) {
    private static final List<String> DIALECTS = List.of("X-LXD-", "X-Incus-");
    private static final List<String> NAMES = List.of(
            "filename", "public", "properties", "profiles", "aliases", "fingerprint", "secret", "type");

    /**
     * Reads them. Refused: INVALID for a fingerprint that is none, or a broken escape.
     *
     * @param header all values of a header, by its name in any case; an empty list when it is missing
     */
    static UploadHeaders read(Function<String, List<String>> header) {
        return new UploadHeaders(
                first(header, "filename"),
                ProjectOf.isTrue(first(header, "public")),
                properties(all(header, "properties")),
                names(all(header, "profiles"), "profile"),
                aliases(names(all(header, "aliases"), "alias")),
                fingerprint(first(header, "fingerprint")),
                first(header, "secret"),
                speaksIncus(header));
    }

    /** True when the headers claim an upload token. */
    boolean bringsToken() {
        return !secret.isEmpty() && expected != null;
    }

    private static boolean speaksIncus(Function<String, List<String>> header) {
        boolean agent = header.apply("User-Agent").stream().anyMatch(value -> value.startsWith("Incus"));
        return agent || NAMES.stream().anyMatch(name -> !header.apply("X-Incus-" + name).isEmpty());
    }

    private static List<String> all(Function<String, List<String>> header, String name) {
        List<String> values = new ArrayList<>();
        DIALECTS.forEach(dialect -> values.addAll(header.apply(dialect + name)));
        return values;
    }

    private static String first(Function<String, List<String>> header, String name) {
        List<String> values = all(header, name);
        return values.isEmpty() ? "" : values.get(0);
    }

    private static Map<String, String> properties(List<String> queries) {
        Map<String, String> properties = new LinkedHashMap<>();
        queries.forEach(query -> pairs(query).forEach(pair -> properties.put(pair.key(), pair.value())));
        return properties;
    }

    /** A query string with one key, or a single bare name as Incus sends it. */
    private static List<String> names(List<String> queries, String key) {
        if (queries.isEmpty()) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (String query : queries) {
            if (query.indexOf('=') < 0) {
                names.add(decoded(query));
            } else {
                pairs(query).stream().filter(pair -> pair.key().equals(key)).forEach(pair -> names.add(pair.value()));
            }
        }
        names.removeIf(String::isEmpty);
        return names;
    }

    private static List<Alias> aliases(List<String> names) {
        return names == null
                ? List.of()
                : names.stream().distinct().map(name -> new Alias(name, "")).toList();
    }

    private static Fingerprint fingerprint(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!Fingerprint.isWhole(text)) {
            throw invalid("the fingerprint header must be 64 lower-case hexadecimal digits, got " + text.length()
                    + " characters");
        }
        return new Fingerprint(text);
    }

    private record Pair(String key, String value) {}

    private static List<Pair> pairs(String query) {
        List<Pair> pairs = new ArrayList<>();
        for (String piece : query.split("&")) {
            int equals = piece.indexOf('=');
            String key = equals < 0 ? piece : piece.substring(0, equals);
            if (!key.isEmpty()) {
                pairs.add(new Pair(decoded(key), equals < 0 ? "" : decoded(piece.substring(equals + 1))));
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("a header with a query string has a broken escape: expected %XX with two hexadecimal digits");
        }
    }

    private static RefusedException invalid(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
