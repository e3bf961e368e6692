package dev.berth.simplestreams.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One product while it is put together, and how it is written. */
final class Product {
    private final PublishedProduct facts;
    private final SortedMap<String, Version> versions = new TreeMap<>();

    Product(PublishedProduct facts) {
        this.facts = facts;
    }

    boolean add(PublishedImage image) {
        Version version = versions.getOrDefault(image.serial(), new Version());
        boolean added = version.add(image);
        if (added) {
            versions.put(image.serial(), version);
        }
        return added;
    }

    PublishedProduct facts() {
        return facts;
    }

    boolean isEmpty() {
        return versions.isEmpty();
    }

    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(facts.key());
        texts(json);
        requirements(json);
        json.writeObjectFieldStart("versions");
        for (Map.Entry<String, Version> version : versions.entrySet()) {
            json.writeObjectFieldStart(version.getKey());
            write(json, version.getValue());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void texts(JsonGenerator json) throws IOException {
        text(json, "aliases", String.join(",", facts.aliases()));
        text(json, "arch", facts.arch());
        text(json, "os", facts.os());
        text(json, "release", facts.release());
        text(json, "release_title", facts.releaseTitle());
        text(json, "version", facts.version());
        text(json, "variant", facts.variant());
        text(json, "support_eol", facts.supportEol());
    }

    /** LXD would ignore its own list only when it is absent, so both are there or none. */
    private void requirements(JsonGenerator json) throws IOException {
        if (!facts.requirements().isEmpty() || !facts.lxdRequirements().isEmpty()) {
            texts(json, "requirements", facts.requirements());
            texts(json, "lxd_requirements", facts.lxdRequirements());
        }
    }

    private static void write(JsonGenerator json, Version version) throws IOException {
        text(json, "label", version.label());
        json.writeObjectFieldStart("items");
        for (Item item : version.items()) {
            json.writeObjectFieldStart(item.ftype());
            json.writeStringField("ftype", item.ftype());
            json.writeStringField("path", item.file().path());
            json.writeNumberField("size", item.file().size());
            json.writeStringField("sha256", item.file().sha256());
            for (Map.Entry<String, String> extra : item.extras().entrySet()) {
                json.writeStringField(extra.getKey(), extra.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
