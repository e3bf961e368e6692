package dev.berth.catalog;

import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The images of one project and their names. Immutable.
 *
 * @param images by fingerprint
 * @param aliases by name; every one of them also stands in its image
 */
record Shelf(SortedTable<ImageEntry> images, SortedTable<AliasEntry> aliases) {
    static final Shelf EMPTY =
            new Shelf(SortedTable.empty(ImageEntry::hex), SortedTable.empty(AliasEntry::name));

    static Shelf of(Collection<Image> images) {
        List<ImageEntry> entries = new ArrayList<>();
        List<AliasEntry> names = new ArrayList<>();
        for (Image image : images) {
            entries.add(ImageEntry.of(image));
            image.aliases().forEach(alias -> names.add(AliasEntry.of(alias, image)));
        }
        return new Shelf(SortedTable.of(ImageEntry::hex, entries), SortedTable.of(AliasEntry::name, names));
    }

    Optional<Image> image(String hex) {
        return images.find(hex).map(ImageEntry::image);
    }

    boolean isVisible(Fingerprint fingerprint) {
        return image(fingerprint.hex()).filter(Image::visible).isPresent();
    }

    /** With {@code image} new or in place of its former self, and its names with it. */
    Shelf with(Image image) {
        SortedTable<AliasEntry> names = withoutNames(image.fingerprint().hex());
        for (Alias alias : image.aliases()) {
            names = names.with(AliasEntry.of(alias, image));
        }
        return new Shelf(images.with(ImageEntry.of(image)), names);
    }

    Shelf without(String hex) {
        return new Shelf(images.without(hex), withoutNames(hex));
    }

    private SortedTable<AliasEntry> withoutNames(String hex) {
        SortedTable<AliasEntry> names = aliases;
        for (Alias alias : image(hex).map(Image::aliases).orElse(List.of())) {
            names = names.without(alias.name());
        }
        return names;
    }
}
