package dev.berth.trust;

import dev.berth.contract.TrustContract.Project;
import dev.berth.image.Architecture;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which settings a project may have, and which values are good for them (rest-api 6.1, 7). */
final class ProjectKeys {
    static final String IMAGES = "features.images";
    static final String PROFILES = "features.profiles";
    /** Features that a new project has unless it says otherwise. */
    static final List<String> USUAL = List.of(IMAGES, PROFILES);

    private static final Set<String> ON = Set.of("true", "1", "yes", "on");
    private static final Set<String> OFF = Set.of("false", "0", "no", "off", "");
    private static final String USER = "user.";
    private static final List<String> TEXTS = List.of("limits.", "restricted.", "backups.");
    private static final Map<String, Predicate<String>> KNOWN = Map.ofEntries(
            Map.entry(IMAGES, ProjectKeys::isSwitch),
            Map.entry(PROFILES, ProjectKeys::isSwitch),
            Map.entry("features.networks", ProjectKeys::isSwitch),
            Map.entry("features.networks.zones", ProjectKeys::isSwitch),
            Map.entry("features.storage.buckets", ProjectKeys::isSwitch),
            Map.entry("features.storage.volumes", ProjectKeys::isSwitch),
            Map.entry("restricted", ProjectKeys::isSwitch),
            Map.entry("images.auto_update_cached", ProjectKeys::isSwitch),
            Map.entry("images.auto_update_interval", ProjectKeys::isCount),
            Map.entry("images.remote_cache_expiry", ProjectKeys::isCount),
            Map.entry("images.compression_algorithm", ProjectKeys::isCompression),
            Map.entry("images.default_architecture", ProjectKeys::isArchitecture));

    private ProjectKeys() {}

    static boolean isKnown(String key) {
        return KNOWN.containsKey(key) || key.startsWith(USER) || TEXTS.stream().anyMatch(key::startsWith);
    }

    /** Whether {@code value} is good for a known key. */
    static boolean accepts(String key, String value) {
        return value != null && KNOWN.getOrDefault(key, any -> true).test(value);
    }

    static boolean isOn(Project project, String feature) {
        return ON.contains(project.config().getOrDefault(feature, "").toLowerCase(Locale.ROOT));
    }

    private static boolean isSwitch(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return ON.contains(lower) || OFF.contains(lower);
    }

    private static boolean isCount(String value) {
        return value.matches("[0-9]{0,9}");
    }

    /** An algorithm, perhaps with arguments; nothing that a shell would take for something else (rest-api 6.1). */
    private static boolean isCompression(String value) {
        return value.isEmpty()
                || value.matches("(bzip2|gzip|lzma|xz|zstd|lz4|pigz|pxz|pzstd|squashfs|none)( --?[a-z0-9]+(=[a-z0-9]+)?)*");
    }

    private static boolean isArchitecture(String value) {
        return value.isEmpty() || Architecture.find(value).isPresent();
    }
}
