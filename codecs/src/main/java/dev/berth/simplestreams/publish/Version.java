package dev.berth.simplestreams.publish;

import dev.berth.image.ImageType;
import dev.berth.simplestreams.ItemKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One version of a product while it is put together. */
final class Version {
    private static final String COMBINED_TYPE = "combined_type";

    private final Map<String, Item> items = new TreeMap<>();
    private String label = "";

    /** False when nobody can have {@code image} here: its places are taken, or there are no words for it. */
    boolean add(PublishedImage image) {
        boolean added = false;
        for (Vocabulary reader : image.readers()) {
            added |= place(items(image, reader));
        }
        label = added && label.isEmpty() ? image.label() : label;
        return added;
    }

    private boolean place(List<Item> its) {
        boolean fits = !its.isEmpty()
                && its.stream().allMatch(item -> items.getOrDefault(item.ftype(), item).agreesWith(item));
        if (fits) {
            its.forEach(item -> items.merge(item.ftype(), item, Item::with));
        }
        return fits;
    }

    String label() {
        return label;
    }

    Collection<Item> items() {
        return items.values();
    }

    private static List<Item> items(PublishedImage image, Vocabulary reader) {
        if (!image.isUnified()) {
            return List.of(
                    new Item(reader.metadata().ftype(), image.files().get(0), combined(image)),
                    new Item(image.root().ftype(), image.files().get(1), Map.of()));
        }
        if (reader == Vocabulary.INCUS) {
            return List.of(unified(image, reader, Map.of(COMBINED_TYPE, image.type().wireName())));
        }
        return image.type() == ImageType.CONTAINER ? List.of(unified(image, reader, Map.of())) : List.of();
    }

    private static Item unified(PublishedImage image, Vocabulary reader, Map<String, String> extras) {
        return new Item(reader.unified().ftype(), image.files().get(0), extras);
    }

    private static Map<String, String> combined(PublishedImage image) {
        String hex = image.fingerprint().hex();
        String field = image.root().combinedField();
        return image.root() == ItemKind.ROOT_TAR ? Map.of(field, hex, ItemKind.OLD_COMBINED, hex) : Map.of(field, hex);
    }
}
