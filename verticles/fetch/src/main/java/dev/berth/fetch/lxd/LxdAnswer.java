package dev.berth.fetch.lxd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageType;
import dev.berth.lxd.LxdJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what an LXD server answers. Every value comes from a stranger; what does not fit is named. Pure. */
final class LxdAnswer {
    private final JsonNode metadata;

    private LxdAnswer(JsonNode metadata) {
        this.metadata = metadata;
    }

    static LxdAnswer read(byte[] body) {
        try {
            JsonNode metadata = LxdJson.read(body).path("metadata");
            if (!metadata.isObject()) {
                throw FetchFailure.invalid("expected an answer of an LXD server with \"metadata\", got something else");
            }
            return new LxdAnswer(metadata);
        } catch (IllegalArgumentException e) {
            throw FetchFailure.invalid("expected an answer of an LXD server: " + e.getMessage());
        }
    }

    /** One answer for each image of a list of documents. */
    static List<LxdAnswer> readList(byte[] body) {
        try {
            JsonNode metadata = LxdJson.read(body).path("metadata");
            if (!metadata.isArray()) {
                throw FetchFailure.invalid("expected a list of an LXD server with \"metadata\", got something else");
            }
            List<LxdAnswer> answers = new ArrayList<>();
            metadata.forEach(image -> answers.add(new LxdAnswer(image)));
            return answers;
        } catch (IllegalArgumentException e) {
            throw FetchFailure.invalid("expected a list of an LXD server: " + e.getMessage());
        }
    }

    /** The image that an alias names: a whole fingerprint. */
    String target() {
        return read("target", Fingerprint::new).hex();
    }

    /** @param alias the name that led here, or empty */
    Offer offer(String alias) {
        return new Offer(
                read("fingerprint", Fingerprint::new),
                alias,
                type(),
                read("architecture", LxdAnswer::architecture),
                properties(),
                aliases(),
                metadata.path("filename").asText(""),
                metadata.path("public").asBoolean(false),
                size(),
                time("created_at"),
                expiry(),
                List.of());
    }

    ImageType type() {
        return read("type", ImageType::of);
    }

    private static Architecture architecture(String name) {
        return Architecture.find(name)
                .orElseThrow(() -> new IllegalArgumentException("expected a known architecture, got \"" + name + "\""));
    }

    private <T> T read(String field, Function<String, T> reader) {
        try {
            return reader.apply(metadata.path(field).asText(""));
        } catch (IllegalArgumentException e) {
            throw FetchFailure.invalid("the server's \"" + field + "\" makes no sense: " + e.getMessage());
        }
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        metadata.path("properties").properties()
                .forEach(entry -> properties.put(entry.getKey(), entry.getValue().asText("")));
        return properties;
    }

    private List<Alias> aliases() {
        List<Alias> aliases = new ArrayList<>();
        for (JsonNode alias : metadata.path("aliases")) {
            String name = alias.path("name").asText("");
            if (!name.isEmpty()) {
                aliases.add(new Alias(name, alias.path("description").asText("")));
            }
        }
        return aliases;
    }

    private long size() {
        long size = metadata.path("size").asLong(-1);
        return size > 0 ? size : -1;
    }

    /** "Never" is year 1 with LXD and 1970 with others. */
    private Instant expiry() {
        Instant time = time("expires_at");
        return time == null || !time.isAfter(Instant.EPOCH) ? Image.NEVER_EXPIRES : time;
    }

    private Instant time(String field) {
        try {
            String text = metadata.path(field).asText("");
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
