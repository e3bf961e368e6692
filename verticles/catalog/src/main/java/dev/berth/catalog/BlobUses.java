package dev.berth.catalog;

import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How often each blob is referred to, in all projects together. Immutable.
 *
 * @param uses by blob
 * @param bytes what the distinct blobs weigh together
 */
record BlobUses(SortedTable<Use> uses, long bytes) {
    static final BlobUses NONE = new BlobUses(SortedTable.empty(Use::hex), 0);

    /** One blob. */
    record Use(BlobId blob, long size, int count) {
        String hex() {
            return blob.hex();
        }
    }

    static BlobUses of(Collection<Image> images) {
        Map<BlobId, Use> uses = new HashMap<>();
        images.stream()
                .flatMap(image -> image.files().stream())
                .forEach(file -> uses.merge(file.blob(), once(file), (a, b) -> new Use(a.blob, a.size, a.count + 1)));
        long bytes = uses.values().stream().mapToLong(Use::size).sum();
        return new BlobUses(SortedTable.of(Use::hex, uses.values()), bytes);
    }

    BlobUses with(Image image) {
        BlobUses now = this;
        for (ImageFile file : image.files()) {
            now = now.with(file);
        }
        return now;
    }

    BlobUses without(Image image) {
        BlobUses now = this;
        for (ImageFile file : image.files()) {
            now = now.without(file);
        }
        return now;
    }

    boolean refersTo(BlobId blob) {
        return uses.find(blob.hex()).isPresent();
    }

    /** Those of {@code blobs} that are referred to; all, when none are given. */
    List<BlobId> among(List<BlobId> blobs) {
        Stream<BlobId> asked = blobs.isEmpty() ? uses.stream().map(Use::blob) : blobs.stream().filter(this::refersTo);
        return asked.toList();
    }

    /** Bytes that nothing but {@code image} refers to. */
    long onlyIn(Image image) {
        return image.files().stream()
                .map(file -> uses.find(file.blob().hex()).orElseThrow())
                .filter(use -> use.count == 1)
                .mapToLong(Use::size)
                .sum();
    }

    /** Blobs of {@code images} that other images refer to as well. */
    List<BlobId> beyond(Collection<Image> images) {
        return of(images).uses.stream()
                .filter(use -> uses.find(use.hex()).orElseThrow().count > use.count)
                .map(Use::blob)
                .toList();
    }

    private static Use once(ImageFile file) {
        return new Use(file.blob(), file.size(), 1);
    }

    private BlobUses with(ImageFile file) {
        return uses.find(file.blob().hex())
                .map(use -> new BlobUses(uses.with(new Use(use.blob, use.size, use.count + 1)), bytes))
                .orElseGet(() -> new BlobUses(uses.with(once(file)), bytes + file.size()));
    }

    private BlobUses without(ImageFile file) {
        Use use = uses.find(file.blob().hex()).orElseThrow();
        return use.count == 1
                ? new BlobUses(uses.without(use.hex()), bytes - use.size)
                : new BlobUses(uses.with(new Use(use.blob, use.size, use.count - 1)), bytes);
    }
}
