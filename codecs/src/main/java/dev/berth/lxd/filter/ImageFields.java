package dev.berth.lxd.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.image.Image;
import dev.berth.image.UpdateSource;
import dev.berth.lxd.LxdJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The fields of an image document that can be compared, each by its type (rest-api 3.2). */
final class ImageFields {
    private static final String PROPERTIES = "properties.";
    private static final Map<String, Function<Image, String>> TEXTS = Map.ofEntries(
            Map.entry("architecture", image -> image.architecture().canonical()),
            Map.entry("filename", Image::filename),
            Map.entry("fingerprint", image -> image.fingerprint().hex()),
            Map.entry("project", Image::project),
            Map.entry("type", image -> image.type().wireName()),
            Map.entry("update_source.alias", image -> source(image, UpdateSource::alias)),
            Map.entry("update_source.certificate", image -> source(image, UpdateSource::certificate)),
            Map.entry("update_source.image_type", image -> source(image, UpdateSource::imageType)),
            Map.entry("update_source.protocol", image -> source(image, UpdateSource::protocol)),
            Map.entry("update_source.server", image -> source(image, UpdateSource::server)));
    private static final Map<String, Predicate<Image>> FLAGS =
            Map.of("auto_update", Image::autoUpdate, "cached", Image::cached, "public", Image::visible);
    private static final Map<String, String> NOT_COMPARABLE = Map.of(
            "properties", "map",
            "update_source", "ptr",
            "created_at", "struct",
            "expires_at", "struct",
            "last_used_at", "struct",
            "uploaded_at", "struct");
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private ImageFields() {}

    /** Says which images have {@code value} in {@code field}. */
    static Predicate<Image> equal(String field, String value, StepBudget budget) {
        if (field.startsWith(PROPERTIES)) {
            String key = field.substring(PROPERTIES.length());
            return text(image -> image.properties().getOrDefault(key, ""), value, budget);
        }
        if (TEXTS.containsKey(field)) {
            return text(TEXTS.get(field), value, budget);
        }
        if (FLAGS.containsKey(field)) {
            boolean wanted = flag(value);
            return image -> FLAGS.get(field).test(image) == wanted;
        }
        return switch (field) {
            case "size" -> size(value);
            case "profiles" -> profiles(value);
            case "aliases" -> throw new InvalidFilter("Invalid slice type \"struct\" for field \"aliases\"");
            default -> throw new InvalidFilter("Invalid type \"" + NOT_COMPARABLE.getOrDefault(field, "invalid")
                    + "\" for field \"" + field + "\"");
        };
    }

    private static Predicate<Image> text(Function<Image, String> field, String value, StepBudget budget) {
        Predicate<String> matches = TextPattern.of(value, budget);
        return image -> matches.test(field.apply(image));
    }

    private static Predicate<Image> size(String value) {
        try {
            long wanted = Long.parseLong(value);
            return image -> image.size() == wanted;
        } catch (NumberFormatException e) {
            throw unreadable(value, "a whole number");
        }
    }

    private static boolean flag(String value) {
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw unreadable(value, "true or false");
        }
        return TRUE.contains(value);
    }

    private static Predicate<Image> profiles(String value) {
        List<String> wanted = texts(value);
        return image -> image.profiles().equals(wanted);
    }

    private static List<String> texts(String value) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(value)) {
            if (!item.isTextual()) {
                throw unreadable(value, "a JSON array of texts");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    private static JsonNode array(String value) {
        try {
            JsonNode array = LxdJson.read(value.getBytes(StandardCharsets.UTF_8));
            if (array.isArray()) {
                return array;
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(value, "a JSON array of texts");
        }
        throw unreadable(value, "a JSON array of texts");
    }

    private static String source(Image image, Function<UpdateSource, String> field) {
        return image.source() == null ? "" : field.apply(image.source());
    }

    private static InvalidFilter unreadable(String value, String expected) {
        return new InvalidFilter("Invalid filter: Failed to parse value: expected " + expected + ", got \"" + value + "\"");
    }
}
