package dev.berth.simplestreams;

import dev.berth.image.Architecture;
import java.util.List;
import java.util.Map;

/**
 * One product of a products file, with what Berth reads of it (formats 3.3).
 *
 * @param facts what all its versions share
 * @param versions by serial
 */
record Product(Facts facts, Map<String, Version> versions) {

    /**
     * @param key its name in the file
     * @param architecture kernel personality
     * @param arch the architecture as the stream calls it
     * @param supportEol {@code YYYY-MM-DD}, or anything else for "never"
     * @param aliases its names, as they stand there
     * @param lxdRequirements what LXD prefers over {@code requirements}; null when absent
     * @param requirements never null
     */
    record Facts(
            String key,
            Architecture architecture,
            String arch,
            String os,
            String release,
            String releaseTitle,
            String version,
            String variant,
            String supportEol,
            List<String> aliases,
            Map<String, String> lxdRequirements,
            Map<String, String> requirements) {

        /** About how many characters this holds. */
        long characters() {
            long texts = key.length() + os.length() + release.length() + releaseTitle.length() + version.length()
                    + variant.length() + supportEol.length();
            return texts + aliases.stream().mapToLong(String::length).sum() + characters(requirements)
                    + (lxdRequirements == null ? 0 : characters(lxdRequirements));
        }

        private static long characters(Map<String, String> map) {
            return map.entrySet().stream().mapToLong(e -> e.getKey().length() + e.getValue().length()).sum();
        }
    }

    record Version(String label, List<Item> items) {}

    /**
     * @param size bytes, or 0 when the stream does not say
     * @param combined fingerprints by field name, on metadata items
     * @param combinedType {@code virtual-machine} makes an Incus unified image one
     */
    record Item(
            ItemKind kind,
            String path,
            long size,
            String sha256,
            String deltaBase,
            Map<String, String> combined,
            String combinedType) {}
}
