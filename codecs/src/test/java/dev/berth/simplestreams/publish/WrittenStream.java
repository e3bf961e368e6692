package dev.berth.simplestreams.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.image.Architecture;
import dev.berth.image.Image;
import dev.berth.image.ImageType;
import dev.berth.lxd.LxdJson;
import dev.berth.simplestreams.IndexDocument;
import dev.berth.simplestreams.IndexEntry;
import dev.berth.simplestreams.ProductsDocument;
import dev.berth.simplestreams.ReadLimits;
import dev.berth.simplestreams.SkippedParts;
import dev.berth.simplestreams.StreamCollector;
import dev.berth.simplestreams.StreamIndex;
import dev.berth.simplestreams.Wanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** A stream that was written, and what its readers make of it. */
record WrittenStream(StreamFiles files) {
    static final Instant UPDATED = Instant.parse("2026-08-21T13:05:00Z");

    static WrittenStream of(Collection<Image> catalog) {
        return written(CatalogProducts.of(catalog));
    }

    static WrittenStream of(Image... catalog) {
        return of(List.of(catalog));
    }

    static WrittenStream written(Collection<PublishedImage> images) {
        return new WrittenStream(StreamWriter.write(images, UPDATED));
    }

    JsonNode images() {
        return LxdJson.read(files.images());
    }

    JsonNode index() {
        return LxdJson.read(files.index());
    }

    /** The one product there must be. */
    JsonNode product() {
        Iterator<JsonNode> products = images().get("products").iterator();
        JsonNode product = products.next();
        if (products.hasNext()) {
            throw new AssertionError("more than one product: " + images());
        }
        return product;
    }

    /** The items of the one version of the one product. */
    JsonNode items() {
        return product().get("versions").iterator().next().get("items");
    }

    List<IndexEntry> entries() {
        try {
            return IndexDocument.read(new ByteArrayInputStream(files.index()), ReadLimits.DEFAULTS, new SkippedParts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Berth reads it, which is both as LXD and as Incus. */
    StreamIndex read() {
        return read(files.images());
    }

    /** As clients of one family read it: the other's words mean nothing to them. */
    StreamIndex readBy(Vocabulary reader) {
        String others = reader == Vocabulary.LXD ? "incus" : "lxd";
        JsonNode json = images();
        json.get("products").forEach(product -> product.get("versions").forEach(version ->
                ((ObjectNode) version.get("items")).fieldNames().forEachRemaining(name -> {
                    if (name.startsWith(others)) {
                        ((ObjectNode) version.get("items").get(name)).put("ftype", "unknown");
                    }
                })));
        return read(LxdJson.bytes(json));
    }

    /** The fingerprint a client on {@code host} finds by a name, or an empty text. */
    String find(String name, ImageType type, Architecture host) {
        return find(read(), new Wanted(name, type, null, host));
    }

    static String find(StreamIndex stream, Wanted wanted) {
        return stream.find(wanted).fold(it -> it.offer().fingerprint().hex(), () -> "", several -> "");
    }

    private static StreamIndex read(byte[] images) {
        try {
            StreamCollector collector = StreamCollector.ofAll("https://images.example", ReadLimits.DEFAULTS);
            SkippedParts skipped = new SkippedParts();
            ProductsDocument.read(new ByteArrayInputStream(images), ReadLimits.DEFAULTS, collector, skipped);
            if (skipped.count() > 0) {
                throw new AssertionError("not readable: " + skipped.reasons());
            }
            return collector.index();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
