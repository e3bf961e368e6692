package dev.berth.serve.lxd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The keys of a JSON object that a client sent. Missing and null are the same and read as null; unknown keys are
 * ignored; a value of another type is refused with 400 and both names.
 */
public final class JsonFields {
    /** What Go clients send for "no time". */
    private static final Instant GO_ZERO = Instant.parse("0001-01-01T00:00:00Z");

    private final JsonNode object;

    private JsonFields(JsonNode object) {
        this.object = object;
    }

    /** Wraps an object. Refused: INVALID for any other value. */
    public static JsonFields of(JsonNode node) {
        if (!node.isObject()) {
            throw invalid("expected a JSON object, got " + kind(node));
        }
        return new JsonFields(node);
    }

    /** True when the key is there and not null. */
    public boolean has(String key) {
        return object.hasNonNull(key);
    }

    /** The value as it came, or null. */
    public JsonNode raw(String key) {
        return has(key) ? object.get(key) : null;
    }

    /** A text, or null. */
    public String text(String key) {
        JsonNode node = typed(key, JsonNodeType.STRING);
        return node == null ? null : node.textValue();
    }

    /** A text, empty when missing. */
    public String textOrEmpty(String key) {
        return has(key) ? text(key) : "";
    }

    /** A flag, or null. */
    public Boolean flag(String key) {
        JsonNode node = typed(key, JsonNodeType.BOOLEAN);
        return node == null ? null : node.booleanValue();
    }

    /** A flag, false when missing. */
    public boolean isSet(String key) {
        return has(key) && flag(key);
    }

    /** A list of texts, or null. */
    public List<String> texts(String key) {
        JsonNode node = typed(key, JsonNodeType.ARRAY);
        if (node == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        node.forEach(item -> texts.add(text(item, key)));
        return texts;
    }

    /** A map of texts, or null; a null value in it reads as an empty text. */
    public Map<String, String> textMap(String key) {
        JsonNode node = typed(key, JsonNodeType.OBJECT);
        if (node == null) {
            return null;
        }
        Map<String, String> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> map.put(
                entry.getKey(), entry.getValue().isNull() ? "" : text(entry.getValue(), key + "." + entry.getKey())));
        return map;
    }

    /** An object, or null. */
    public JsonFields object(String key) {
        JsonNode node = typed(key, JsonNodeType.OBJECT);
        return node == null ? null : new JsonFields(node);
    }

    /** A list of objects, empty when missing. */
    public List<JsonFields> objects(String key) {
        JsonNode node = typed(key, JsonNodeType.ARRAY);
        List<JsonFields> objects = new ArrayList<>();
        if (node != null) {
            node.forEach(item -> objects.add(of(item)));
        }
        return objects;
    }

    /** An RFC 3339 time, or null; Go's zero time, the year 1, is none either. */
    public Instant time(String key) {
        String text = text(key);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.equals(GO_ZERO) ? null : time;
        } catch (DateTimeParseException e) {
            throw invalid(key + " must be a time like 2030-01-31T12:00:00Z, got \"" + text + "\"");
        }
    }

    private JsonNode typed(String key, JsonNodeType type) {
        JsonNode node = raw(key);
        if (node != null && node.getNodeType() != type) {
            throw invalid(key + " must be " + name(type) + ", got " + kind(node));
        }
        return node;
    }

    private static String text(JsonNode node, String where) {
        if (!node.isTextual()) {
            throw invalid(where + " must be " + name(JsonNodeType.STRING) + ", got " + kind(node));
        }
        return node.textValue();
    }

    private static String kind(JsonNode node) {
        return node.isMissingNode() ? "nothing" : name(node.getNodeType());
    }

    private static String name(JsonNodeType type) {
        String word = type == JsonNodeType.STRING ? "text" : type.name().toLowerCase(Locale.ROOT);
        return (type == JsonNodeType.ARRAY || type == JsonNodeType.OBJECT ? "an " : "a ") + word;
    }

    private static RefusedException invalid(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
