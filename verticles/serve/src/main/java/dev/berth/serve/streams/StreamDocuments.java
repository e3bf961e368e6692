package dev.berth.serve.streams;

import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.serve.edge.Document;
import dev.berth.simplestreams.publish.CatalogProducts;
import dev.berth.simplestreams.publish.ItemPath;
import dev.berth.simplestreams.publish.PublishedImage;
import dev.berth.simplestreams.publish.StreamFiles;
import dev.berth.simplestreams.publish.StreamWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that is served of one moment of the catalog: documents that agree with each other, and the files they name.
 * Immutable; any thread.
 *
 * @param images what they are made of
 * @param published what they say
 * @param documents by path below the server's base, the signed ones included
 * @param items the files by path below the server's base
 * @param updated when what they say last changed, to the second
 */
record StreamDocuments(
        List<Image> images,
        List<PublishedImage> published,
        Map<String, Document> documents,
        Map<String, Item> items,
        Instant updated) {
    static final StreamDocuments NONE =
            new StreamDocuments(List.of(), List.of(), Map.of(), Map.of(), Instant.EPOCH);

    private static final String JSON = "application/json";

    /** A file, and the images it is part of: one, or several that share it. */
    record Item(ImageFile file, List<Image> images) {}

    /**
     * Makes the documents of {@code images}; burns CPU.
     *
     * @param before what was served until now; when it says the same, its documents stay
     */
    static StreamDocuments of(List<Image> images, StreamDocuments before, Twins twins, Instant now) {
        boolean any = !before.documents.isEmpty();
        if (any && SameListing.of(images, before.images)) {
            return before;
        }
        List<PublishedImage> published = CatalogProducts.of(images);
        if (any && published.equals(before.published)) {
            return new StreamDocuments(images, published, before.documents, items(images), before.updated);
        }
        Instant updated = later(now.truncatedTo(ChronoUnit.SECONDS), before.updated);
        StreamFiles files = StreamWriter.write(published, updated);
        return new StreamDocuments(images, published, documents(files, updated, twins), items(images), updated);
    }

    private static Map<String, Document> documents(StreamFiles files, Instant updated, Twins twins) {
        Map<String, Document> documents = new HashMap<>(twins.of(files, updated));
        documents.put(StreamFiles.INDEX_PATH, Document.of(files.index(), JSON, updated));
        documents.put(StreamFiles.IMAGES_PATH, Document.of(files.images(), JSON, updated));
        return Map.copyOf(documents);
    }

    private static Map<String, Item> items(List<Image> images) {
        Map<String, Item> items = new HashMap<>();
        for (Image image : images) {
            for (ImageFile file : image.files()) {
                items.merge(ItemPath.of(file), new Item(file, List.of(image)), StreamDocuments::shared);
            }
        }
        return items;
    }

    private static Item shared(Item one, Item other) {
        return new Item(one.file, Stream.concat(one.images.stream(), other.images.stream()).toList());
    }

    /** Two contents never have one date: clients that compare dates would take them for the same. */
    private static Instant later(Instant now, Instant before) {
        return now.isAfter(before) ? now : before.plusSeconds(1);
    }
}
