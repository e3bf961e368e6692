package dev.berth.catalog;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.Refused;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds one image by its fingerprint or the beginning of it (rest-api 3.7). */
final class ImageSearch {
    static final Refused NOT_FOUND = Refused.notFound("Image not found");
    static final Refused SEVERAL = new Refused(Refused.Reason.BROKEN, "More than one image matches");

    private static final Comparator<Image> NEWEST_FIRST =
            Comparator.comparing(Image::createdAt).reversed().thenComparing(Image::project);

    private ImageSearch() {}

    /** Whole records that are as asked, newest first; equally new ones in order of their projects. */
    static List<Image> select(Snapshot snapshot, SelectImages wanted) {
        return snapshot.shelves().entrySet().stream()
                .filter(shelf -> wanted.project() == null || wanted.project().equals(shelf.getKey()))
                .flatMap(shelf -> images(shelf.getValue(), wanted.fingerprint()))
                .filter(image -> wanted.followed() == null || follows(image, wanted.followed()))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static boolean follows(Image image, String alias) {
        return image.source() != null && image.source().alias().equals(alias);
    }

    private static Stream<Image> images(Shelf shelf, Fingerprint fingerprint) {
        return fingerprint == null
                ? shelf.images().stream().map(ImageEntry::image)
                : shelf.image(fingerprint.hex()).stream();
    }

    /**
     * @param name what the caller typed; nothing but hex digits is looked for, so it is never a wildcard
     * @param visibleOnly private images do not exist, not even for ambiguity
     */
    static Answer<ImageEntry> find(Shelf shelf, String name, boolean visibleOnly) {
        if (!Fingerprint.isPrefix(name)) {
            return Answer.no(NOT_FOUND);
        }
        Predicate<Image> mayBeSeen = image -> !visibleOnly || image.visible();
        List<ImageEntry> matches = shelf.images()
                .withPrefix(name)
                .filter(entry -> mayBeSeen.test(entry.image()))
                .limit(2)
                .toList();
        if (matches.isEmpty()) {
            return Answer.no(NOT_FOUND);
        }
        return matches.size() > 1 ? Answer.no(SEVERAL) : Answer.yes(matches.get(0));
    }
}
