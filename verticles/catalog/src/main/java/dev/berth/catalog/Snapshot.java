package dev.berth.catalog;

import dev.berth.image.Image;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything the catalog knows at one moment. Immutable; any thread. A change makes a new one that shares what stayed
 * the same, so that ten thousand documents are not encoded again for one edit.
 *
 * @param sequence counts the changes since the start
 * @param shelves by project
 * @param blobs references in all projects
 * @param settings server settings, the hash of the trust password included
 */
record Snapshot(long sequence, Map<String, Shelf> shelves, BlobUses blobs, Map<String, String> settings) {
    static final Snapshot EMPTY = new Snapshot(0, Map.of(), BlobUses.NONE, Map.of());

    /** What was read at the start. */
    static Snapshot of(Collection<Image> images, Map<String, String> settings) {
        Map<String, List<Image>> byProject = images.stream().collect(Collectors.groupingBy(Image::project));
        Map<String, Shelf> shelves = new HashMap<>();
        byProject.forEach((project, its) -> shelves.put(project, Shelf.of(its)));
        return new Snapshot(0, Map.copyOf(shelves), BlobUses.of(images), Map.copyOf(settings));
    }

    Shelf shelf(String project) {
        return shelves.getOrDefault(project, Shelf.EMPTY);
    }

    int images() {
        return shelves.values().stream().mapToInt(shelf -> shelf.images().size()).sum();
    }

    int aliases() {
        return shelves.values().stream().mapToInt(shelf -> shelf.aliases().size()).sum();
    }

    /** The next snapshot, in which {@code steps} are done in order. */
    Snapshot after(List<Step> steps) {
        Snapshot now = this;
        for (Step step : steps) {
            now = now.after(step);
        }
        return new Snapshot(sequence + 1, now.shelves, now.blobs, now.settings);
    }

    /** The same content as a later one: listeners look again when the number grows. */
    Snapshot withSequence(long later) {
        return new Snapshot(later, shelves, blobs, settings);
    }

    private Snapshot after(Step step) {
        if (step instanceof Step.Put put) {
            return put(put.image());
        }
        if (step instanceof Step.Drop drop) {
            return drop(drop.image());
        }
        if (step instanceof Step.Touch touch) {
            Image image = shelf(touch.project()).image(touch.fingerprint().hex()).orElseThrow();
            return put(ImageDraft.of(image).usedAt(touch.usedAt()).image());
        }
        return new Snapshot(sequence, shelves, blobs, Map.copyOf(((Step.Set) step).settings()));
    }

    private Snapshot put(Image image) {
        Shelf shelf = shelf(image.project());
        BlobUses before =
                shelf.image(image.fingerprint().hex()).map(blobs::without).orElse(blobs);
        return with(image.project(), shelf.with(image), before.with(image));
    }

    private Snapshot drop(Image image) {
        Shelf shelf = shelf(image.project()).without(image.fingerprint().hex());
        return with(image.project(), shelf, blobs.without(image));
    }

    private Snapshot with(String project, Shelf shelf, BlobUses uses) {
        Map<String, Shelf> changed = new HashMap<>(shelves);
        changed.put(project, shelf);
        return new Snapshot(sequence, Map.copyOf(changed), uses, settings);
    }
}
