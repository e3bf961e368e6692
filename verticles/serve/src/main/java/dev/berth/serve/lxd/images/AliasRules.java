package dev.berth.serve.lxd.images;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.JsonFields;
import dev.berth.serve.lxd.PathText;

/** What requests about aliases must say, with LXD's texts (rest-api 3.10). */
final class AliasRules {
    private AliasRules() {}

    /** What an edit changes; null stays. */
    record Change(String target, String description) {}

    /** How a body becomes a change. */
    interface Reading {
        Change of(JsonFields body);
    }

    static void mustHaveNameAndTarget(String name, String target) {
        if (name.isEmpty() || target.isEmpty()) {
            throw invalid("name and target are required");
        }
    }

    static void mustHaveName(String name) {
        if (name.isEmpty()) {
            throw invalid("The name field is required");
        }
    }

    static Change replacement(JsonFields body) {
        String target = body.textOrEmpty("target");
        if (target.isEmpty()) {
            throw invalid("The target field is required");
        }
        return new Change(target, body.textOrEmpty("description"));
    }

    static Change merge(JsonFields body) {
        return new Change(given(body, "target"), given(body, "description"));
    }

    private static String given(JsonFields body, String key) {
        JsonNode value = body.raw(key);
        if (value != null && !value.isTextual()) {
            throw invalid("`" + key + "` was not a string");
        }
        return value == null ? null : value.textValue();
    }

    /** The name in an undecoded path, slashes included. Refused: NOT_FOUND when there is none, INVALID for a bad escape. */
    static String nameIn(String path, String prefix) {
        if (!path.startsWith(prefix) || path.length() == prefix.length()) {
            throw new RefusedException(Refused.notFound("not found"));
        }
        try {
            return PathText.decode(path.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            throw invalid("the alias name in the path has a broken escape: expected %XX with two hexadecimal digits");
        }
    }

    private static RefusedException invalid(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
