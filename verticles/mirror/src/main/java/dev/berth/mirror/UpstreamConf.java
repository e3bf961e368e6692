package dev.berth.mirror;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Settings of one upstream: another image server that Berth stands in front of.
 *
 * @param name as it stands in addresses
 * @param protocol {@code simplestreams}, {@code lxd} or {@code incus}
 * @param url https base URL
 * @param signedBy keyring that must have signed its indexes, or null to ask for no signature
 * @param filter which of its images are listed
 * @param budget most bytes per second from it, over all downloads; 0 is no limit beyond that of fetch
 * @param expose how clients see it
 * @param fresh how often its index is asked for
 * @param grace what its index listed once can be had for this long after it was delisted
 * @param certificate PEM file of the one certificate it must present, or null for the trusted authorities
 */
public record UpstreamConf(
        String name,
        String protocol,
        String url,
        Path signedBy,
        Filter filter,
        long budget,
        Set<Exposure> expose,
        Duration fresh,
        Duration grace,
        Path certificate) {
    /** The section of the settings that has one entry for each upstream. */
    public static final String SECTION = "upstreams";
    public static final String DEFAULT_PROTOCOL = "simplestreams";
    public static final List<String> DEFAULT_EXPOSE = List.of("streams");
    public static final Duration DEFAULT_FRESH = Duration.ofMinutes(10);
    /** Longer than the hour for which an LXD daemon keeps an index (peers b.2). */
    public static final Duration DEFAULT_GRACE = Duration.ofHours(3);

    private static final Set<String> PROTOCOLS = Set.of("simplestreams", "lxd", "incus");
    private static final int LONGEST_NAME = 63;

    public UpstreamConf {
        check(name.matches("[a-z0-9-]{1," + LONGEST_NAME + "}"), name, "",
                "expected a name of at most " + LONGEST_NAME + " letters a-z, digits and -, got \"" + name + "\"");
        check(PROTOCOLS.contains(protocol), name, "protocol",
                "expected simplestreams, lxd or incus, got \"" + protocol + "\"");
        check(isServer(url), name, "url", "expected https://HOST[:PORT][/PATH], got \"" + url + "\"");
        check(signedBy == null || protocol.equals(DEFAULT_PROTOCOL), name, "signed-by",
                "expected none: the protocol " + protocol + " knows no signatures");
        check(budget >= 0, name, "budget", "expected at least 0 bytes per second, got " + budget);
        check(!expose.isEmpty(), name, "expose", "expected some of streams, lxc, rest, got none");
        check(fresh.toMillis() >= 1, name, "fresh", "expected at least 1ms, got " + fresh.toMillis() + "ms");
        check(!grace.isNegative(), name, "grace", "expected no negative time, got " + grace.toMillis() + "ms");
        expose = Set.copyOf(expose.isEmpty() ? expose : EnumSet.copyOf(expose));
    }

    /** An upstream with the defaults. */
    public static UpstreamConf of(String name, String protocol, String url) {
        return new UpstreamConf(name, protocol, url, null, Filter.ALL, 0, Exposure.of(DEFAULT_EXPOSE), DEFAULT_FRESH,
                DEFAULT_GRACE, null);
    }

    /** Reads {@code upstreams.NAME.filter}. */
    public static Filter filter(String name, List<String> tests) {
        return named(name, "filter", () -> Filter.of(tests));
    }

    /** Reads {@code upstreams.NAME.expose}. */
    public static Set<Exposure> expose(String name, List<String> words) {
        return named(name, "expose", () -> Exposure.of(words));
    }

    public boolean exposes(Exposure way) {
        return expose.contains(way);
    }

    private static <T> T named(String name, String key, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key(name, key) + ": " + e.getMessage(), e);
        }
    }

    private static void check(boolean holds, String name, String key, String text) {
        if (!holds) {
            throw new IllegalArgumentException(key(name, key) + ": " + text);
        }
    }

    private static String key(String name, String key) {
        return SECTION + "." + name + (key.isEmpty() ? "" : "." + key);
    }

    private static boolean isServer(String url) {
        try {
            URI uri = new URI(url);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
