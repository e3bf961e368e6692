package dev.berth.lxd;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.image.Alias;
import dev.berth.image.Image;
import dev.berth.image.UpdateSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * An image as clients read it (rest-api 3.1): writable fields first, as LXD writes them. {@code properties},
 * {@code aliases} and {@code profiles} are never null, because clients write into what they decoded.
 */
public final class ImageDocument {
    private static final int USUAL_SIZE = 1_024;

    private ImageDocument() {}

    /** The whole document. */
    public static byte[] json(Image image) {
        return written(json -> {
            json.writeStartObject();
            writeEditable(json, image);
            writeFacts(json, image);
            writeTimes(json, image);
            json.writeStringField("project", image.project());
            json.writeEndObject();
        });
    }

    /** The tag of {@code image}, whose document is {@code json}. */
    public static String etag(Image image, byte[] json) {
        byte[] editable = written(generator -> {
            generator.writeStartObject();
            writeEditable(generator, image);
            generator.writeEndObject();
        });
        return EntityTag.of(editable, json);
    }

    private static void writeEditable(JsonGenerator json, Image image) throws IOException {
        json.writeBooleanField("auto_update", image.autoUpdate());
        writeTexts(json, "properties", image.properties());
        json.writeBooleanField("public", image.visible());
        json.writeStringField("expires_at", LxdJson.time(image.expiresAt()));
        writeList(json, "profiles", image.profiles());
    }

    private static void writeFacts(JsonGenerator json, Image image) throws IOException {
        writeAliases(json, image.aliases());
        json.writeStringField("architecture", image.architecture().canonical());
        json.writeBooleanField("cached", image.cached());
        json.writeStringField("filename", image.filename());
        json.writeStringField("fingerprint", image.fingerprint().hex());
        json.writeNumberField("size", image.size());
        if (image.source() != null) {
            writeSource(json, image.source());
        }
        json.writeStringField("type", image.type().wireName());
    }

    private static void writeTimes(JsonGenerator json, Image image) throws IOException {
        json.writeStringField("created_at", LxdJson.time(image.createdAt()));
        json.writeStringField("last_used_at", LxdJson.time(image.lastUsedAt()));
        json.writeStringField("uploaded_at", LxdJson.time(image.uploadedAt()));
    }

    private static void writeAliases(JsonGenerator json, List<Alias> aliases) throws IOException {
        json.writeArrayFieldStart("aliases");
        for (Alias alias : aliases) {
            json.writeStartObject();
            json.writeStringField("name", alias.name());
            json.writeStringField("description", alias.description());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeSource(JsonGenerator json, UpdateSource source) throws IOException {
        json.writeObjectFieldStart("update_source");
        json.writeStringField("alias", source.alias());
        json.writeStringField("certificate", source.certificate());
        json.writeStringField("protocol", source.protocol());
        json.writeStringField("server", source.server());
        json.writeStringField("image_type", source.imageType());
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String field, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writeList(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = LxdJson.MAPPER.getFactory().createGenerator(bytes)) {
            writing.into(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private interface Writing {
        void into(JsonGenerator json) throws IOException;
    }
}
