package dev.berth.fetch;

import dev.berth.fetch.guard.AddressRange;
import dev.berth.fetch.http.HttpLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Settings of fetch.
 *
 * @param cache folder for indexes
 * @param allowPrivateAddresses addresses and blocks that may be fetched from although they are not public
 * @param trustedCertificates PEM files of certificates that are trusted in addition to the machine's
 * @param directHosts hosts that images may be imported from by URL: {@code host} or {@code host:port}
 * @param proxy {@code host:port} of an HTTP proxy, or empty
 * @param userAgent how we introduce ourselves; empty means {@link #DEFAULT_USER_AGENT}
 * @param indexBytes longest index file of a simplestreams server
 * @param indexFresh an index is not asked for again within this time
 * @param limits what one upstream may take
 * @param sources what is special about single servers, by {@link SourceRules#key}
 */
public record FetchConf(
        Path cache,
        List<AddressRange> allowPrivateAddresses,
        List<Path> trustedCertificates,
        List<String> directHosts,
        String proxy,
        String userAgent,
        int indexBytes,
        Duration indexFresh,
        HttpLimits limits,
        Map<String, SourceRules> sources) {
    public static final String DEFAULT_USER_AGENT = "Berth/" + version();
    public static final int DEFAULT_INDEX_BYTES = 64 << 20;
    public static final Duration DEFAULT_INDEX_FRESH = Duration.ofHours(1);

    public FetchConf {
        allowPrivateAddresses = List.copyOf(allowPrivateAddresses);
        trustedCertificates = List.copyOf(trustedCertificates);
        directHosts = List.copyOf(directHosts);
        sources = Map.copyOf(sources);
        if (!proxy.isEmpty() && !proxy.matches("[^/@\\s]+:\\d{1,5}")) {
            throw new IllegalArgumentException("fetch.proxy must be HOST:PORT or empty, got \"" + proxy + "\"");
        }
        userAgent = userAgent.isBlank() ? DEFAULT_USER_AGENT : userAgent;
        if (!userAgent.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException("fetch.user-agent must be plain text, got \"" + userAgent + "\"");
        }
        if (indexBytes < 1) {
            throw new IllegalArgumentException("fetch.index-bytes must be at least 1, got " + indexBytes);
        }
        if (indexFresh.isNegative()) {
            throw new IllegalArgumentException("fetch.index-fresh must not be negative, got " + indexFresh.toMillis() + "ms");
        }
    }

    /** Nothing special about any server. */
    public FetchConf(
            Path cache,
            List<AddressRange> allowPrivateAddresses,
            List<Path> trustedCertificates,
            List<String> directHosts,
            String proxy,
            String userAgent,
            int indexBytes,
            Duration indexFresh,
            HttpLimits limits) {
        this(cache, allowPrivateAddresses, trustedCertificates, directHosts, proxy, userAgent, indexBytes, indexFresh, limits,
                Map.of());
    }

    public FetchConf withSources(Map<String, SourceRules> other) {
        return new FetchConf(cache, allowPrivateAddresses, trustedCertificates, directHosts, proxy, userAgent, indexBytes,
                indexFresh, limits, other);
    }

    /** The defaults: only the public Internet, only the machine's authorities, no import by URL. */
    public static FetchConf in(Path data) {
        return new FetchConf(
                data.resolve("cache").resolve("indexes"),
                List.of(),
                List.of(),
                List.of(),
                "",
                DEFAULT_USER_AGENT,
                DEFAULT_INDEX_BYTES,
                DEFAULT_INDEX_FRESH,
                HttpLimits.DEFAULT);
    }

    /** Reads {@code fetch.allow-private-addresses}. */
    public static List<AddressRange> ranges(List<String> texts) {
        try {
            return texts.stream().map(AddressRange::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("fetch.allow-private-addresses: " + e.getMessage(), e);
        }
    }

    private static String version() {
        try (InputStream file = FetchConf.class.getResourceAsStream("version.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own file cannot be read", e);
        }
    }
}
