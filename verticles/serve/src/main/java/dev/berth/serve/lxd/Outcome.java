package dev.berth.serve.lxd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long work ended.
 *
 * @param error empty for success; else what clients report
 * @param metadata the final metadata of the operation, or null
 * @param resources its final resources, or null to keep those it started with
 */
public record Outcome(String error, Map<String, Object> metadata, Map<String, List<String>> resources) {

    public static Outcome success(Map<String, Object> metadata) {
        return new Outcome("", metadata, null);
    }

    public static Outcome success() {
        return success(null);
    }

    /** @param error not empty: an empty one would count as success (rest-api 4.1) */
    public static Outcome failure(String error) {
        return failure(error, null);
    }

    public static Outcome failure(String error, Map<String, Object> metadata) {
        if (error.isEmpty()) {
            throw new IllegalArgumentException("a failure needs a text");
        }
        return new Outcome(error, metadata, null);
    }

    /** The same with final resources. */
    public Outcome about(Map<String, List<String>> things) {
        return new Outcome(error, metadata, things);
    }

    /** The same with more in its metadata. */
    public Outcome showing(Map<String, Object> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, Object> all = new LinkedHashMap<>(metadata == null ? Map.of() : metadata);
        all.putAll(more);
        return new Outcome(error, all, resources);
    }

    boolean isSuccess() {
        return error.isEmpty();
    }
}
