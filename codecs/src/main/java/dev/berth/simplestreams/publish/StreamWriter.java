package dev.berth.simplestreams.publish;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.image.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a stream. The same images give the same bytes, in whatever order they come, unless two of them want the same
 * place: then the first has it. Burns CPU (some 10 µs per image): call it on a worker thread.
 */
public final class StreamWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String CONTENT_ID = "images";
    private static final String DATATYPE = "image-downloads";
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss +0000", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** Who can only be listed for one sort of client has its place there before those that can be listed for both. */
    private static final Comparator<PublishedImage> FEW_READERS_FIRST =
            Comparator.comparingInt(image -> image.readers().size());

    private final SortedMap<String, Product> products = new TreeMap<>();
    private final Set<Fingerprint> listed = new HashSet<>();
    private final List<Fingerprint> leftOut = new ArrayList<>();
    private final String updated;

    private StreamWriter(Instant updated) {
        this.updated = RFC_2822.format(updated);
    }

    /** @param updated when the content last changed */
    public static StreamFiles write(Collection<PublishedImage> images, Instant updated) {
        StreamWriter writer = new StreamWriter(updated);
        images.stream().sorted(FEW_READERS_FIRST).forEach(writer::add);
        return new StreamFiles(
                bytes(json -> writer.index(json, StreamFiles.IMAGES_PATH)),
                bytes(json -> writer.index(json, StreamFiles.SIGNED_IMAGES_PATH)),
                bytes(writer::products),
                List.copyOf(writer.leftOut));
    }

    /** One fingerprint twice would make the whole server unusable for LXD (fact 101). */
    private void add(PublishedImage image) {
        boolean added = !listed.contains(image.fingerprint())
                && products.computeIfAbsent(image.product().key(), key -> new Product(image.product())).add(image);
        if (added) {
            listed.add(image.fingerprint());
        } else {
            leftOut.add(image.fingerprint());
        }
    }

    private void index(JsonGenerator json, String path) throws IOException {
        header(json, "index:1.0");
        json.writeObjectFieldStart("index");
        List<String> keys = filled().stream().map(product -> product.facts().key()).toList();
        // Clients pass over an entry without products (fact 83), so it is not written.
        if (!keys.isEmpty()) {
            json.writeObjectFieldStart(CONTENT_ID);
            json.writeStringField("datatype", DATATYPE);
            json.writeStringField("path", path);
            json.writeStringField("format", "products:1.0");
            json.writeStringField("updated", updated);
            json.writeArrayFieldStart("products");
            for (String key : keys) {
                json.writeString(key);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void products(JsonGenerator json) throws IOException {
        header(json, "products:1.0");
        json.writeStringField("content_id", CONTENT_ID);
        json.writeStringField("datatype", DATATYPE);
        json.writeObjectFieldStart("products");
        for (Product product : filled()) {
            product.write(json);
        }
        json.writeEndObject();
    }

    private void header(JsonGenerator json, String format) throws IOException {
        json.writeStringField("format", format);
        json.writeStringField("updated", updated);
    }

    private List<Product> filled() {
        return products.values().stream().filter(product -> !product.isEmpty()).toList();
    }

    private static byte[] bytes(Part part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            part.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private interface Part {
        void write(JsonGenerator json) throws IOException;
    }
}
