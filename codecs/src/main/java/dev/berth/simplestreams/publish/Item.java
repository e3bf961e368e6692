package dev.berth.simplestreams.publish;

import java.util.Map;
import java.util.TreeMap;

/**
 * One item of a version.
 *
 * @param ftype its kind, which is its name as well
 * @param extras what only some kinds have: the fingerprints on a metadata item, the type of a unified image
 */
record Item(String ftype, PublishedFile file, Map<String, String> extras) {

    /** Whether both can be one item: the same file, and no field that says one thing here and another there. */
    boolean agreesWith(Item other) {
        return file.equals(other.file)
                && extras.entrySet().stream()
                        .allMatch(extra -> other.extras.getOrDefault(extra.getKey(), extra.getValue()).equals(extra.getValue()));
    }

    Item with(Item other) {
        Map<String, String> all = new TreeMap<>(extras);
        all.putAll(other.extras);
        return new Item(ftype, file, all);
    }
}
