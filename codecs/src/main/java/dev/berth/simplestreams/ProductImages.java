package dev.berth.simplestreams;

import dev.berth.contract.FetchContract.OfferedDelta;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import dev.berth.simplestreams.Product.Item;
import dev.berth.simplestreams.Product.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of one version of a product (formats 3.4): one per unified item, and one per metadata item and root with a
 * combined hash. What is listed for LXD and again for Incus with the same bytes is one image.
 */
final class ProductImages {
    private final Product product;
    private final String serial;
    private final Version version;
    private final Instant createdAt;
    private final Map<String, StreamImage> images = new LinkedHashMap<>();

    private ProductImages(Product product, String serial, Instant createdAt) {
        this.product = product;
        this.serial = serial;
        this.version = product.versions().get(serial);
        this.createdAt = createdAt;
    }

    /** The images of all versions whose serial has a date. */
    static List<StreamImage> of(Product product, SkippedParts skipped) {
        List<StreamImage> all = new ArrayList<>();
        for (String serial : product.versions().keySet()) {
            Serial.createdAt(serial).ifPresentOrElse(
                    created -> all.addAll(new ProductImages(product, serial, created).made()),
                    () -> skipped.add(product.facts().key() + " > " + serial, "a serial must begin with a date as YYYYMMDD"));
        }
        return all;
    }

    private List<StreamImage> made() {
        version.items().stream().sorted(Comparator.comparing(item -> item.kind().isIncus())).forEach(this::add);
        return List.copyOf(images.values());
    }

    private void add(Item item) {
        if (item.kind().isUnified()) {
            keep(item.sha256(), item, null);
        } else if (item.kind().isMetadata()) {
            version.items().stream().filter(root -> root.kind().isRoot())
                    .forEach(root -> combined(item, root.kind()).ifPresent(fingerprint -> keep(fingerprint, item, root)));
        }
    }

    private static Optional<String> combined(Item metadata, ItemKind root) {
        String old = root == ItemKind.ROOT_TAR ? metadata.combined().get(ItemKind.OLD_COMBINED) : null;
        return Optional.ofNullable(metadata.combined().getOrDefault(root.combinedField(), old));
    }

    /** @param root null for a unified image */
    private void keep(String fingerprint, Item first, Item root) {
        List<OfferedFile> files = root == null ? List.of(file(first, List.of()))
                : List.of(file(first, List.of()), file(root, deltas(root.kind())));
        ItemKind kind = root == null ? first.kind() : root.kind();
        images.putIfAbsent(fingerprint, new StreamImage(product.facts(), serial, version.label(), createdAt, kind,
                type(first, kind), new Fingerprint(fingerprint), first.kind().isIncus(), files));
    }

    /** LXD's unified images are containers whatever is inside; Incus' may say otherwise. */
    private static ImageType type(Item first, ItemKind kind) {
        boolean told = kind == ItemKind.INCUS_UNIFIED && first.combinedType().equals(ImageType.VIRTUAL_MACHINE.wireName());
        return told || kind.isDisk() ? ImageType.VIRTUAL_MACHINE : ImageType.CONTAINER;
    }

    private static OfferedFile file(Item item, List<OfferedDelta> deltas) {
        return new OfferedFile(item.path(), size(item), item.sha256(), deltas);
    }

    private static long size(Item item) {
        return item.size() == 0 ? -1 : item.size();
    }

    /** Smallest first. A delta is only usable while its base is listed, as only the base's item tells what to start from. */
    private List<OfferedDelta> deltas(ItemKind root) {
        List<OfferedDelta> deltas = new ArrayList<>();
        for (Item item : version.items()) {
            if (item.kind() == root.delta()) {
                baseOf(item, root).ifPresent(base ->
                        deltas.add(new OfferedDelta(item.path(), size(item), item.sha256(), base.sha256())));
            }
        }
        deltas.sort(Comparator.comparingLong((OfferedDelta delta) -> delta.size() < 0 ? Long.MAX_VALUE : delta.size())
                .thenComparing(OfferedDelta::path));
        return List.copyOf(deltas);
    }

    private Optional<Item> baseOf(Item delta, ItemKind root) {
        Version base = product.versions().get(delta.deltaBase());
        return base == null ? Optional.empty() : base.items().stream().filter(item -> item.kind() == root).findFirst();
    }
}
