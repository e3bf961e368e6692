package dev.berth.simplestreams.publish;

import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.simplestreams.ItemKind;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The images of one os, release, architecture and variant: what they share, and who stands apart. */
final class CatalogProduct {
    private static final int LAST_YEAR = 9999;

    private final List<Image> group;
    private final CatalogNames names;
    private final Map<Fingerprint, String> serials;
    private final Naming naming;
    private final Image newestContainer;
    private final Image newestMachine;
    private final Image first;
    private final List<String> shared;
    private final PublishedProduct common;

    /** @param group not empty */
    CatalogProduct(List<Image> group, CatalogNames names) {
        this.group = group;
        this.names = names;
        this.serials = Serials.of(group);
        this.newestContainer = newest(ImageType.CONTAINER);
        this.newestMachine = newest(ImageType.VIRTUAL_MACHINE);
        this.first = Stream.of(newestContainer, newestMachine, group.get(0)).filter(image -> image != null).findFirst().get();
        this.naming = Naming.of(first);
        this.shared = shared();
        this.common = product(naming.key(), first, shared);
    }

    List<PublishedImage> images() {
        return group.stream().map(this::published).toList();
    }

    private PublishedImage published(Image image) {
        List<PublishedFile> files = image.files().stream().map(CatalogProduct::file).toList();
        return new PublishedImage(product(image), serials.get(image.fingerprint()), Naming.property(image, "label"),
                image.type(), image.fingerprint(), Roots.of(image), Set.of(Vocabulary.values()), files);
    }

    private PublishedProduct product(Image image) {
        List<String> its = names(image);
        boolean same = Naming.requirements(image).equals(common.requirements());
        boolean belongs = !isUnifiedMachine(image) && same && (its.isEmpty() || its.equals(shared));
        return belongs
                ? common
                : product(naming.key() + ":" + image.fingerprint().shortForm(), image, its);
    }

    private PublishedProduct product(String key, Image teller, List<String> aliases) {
        Map<String, String> requirements = Naming.requirements(teller);
        return new PublishedProduct(key, naming.os(), naming.release(), Naming.property(teller, "release_title"),
                Naming.property(teller, "version"), naming.variant(), naming.arch(), endOf(teller), aliases,
                requirements, requirements);
    }

    /** What {@code image} must be found by. */
    private List<String> names(Image image) {
        List<String> own = CatalogNames.own(image);
        return image == newestContainer || image == newestMachine
                ? Stream.concat(shared.stream(), own.stream()).distinct().toList()
                : own;
    }

    /** Names of the newest container and, for those who want one, the newest virtual machine. */
    private List<String> shared() {
        if (isUnifiedMachine(first)) {
            return List.of();
        }
        Stream<String> usual = naming.names().stream().filter(name -> !names.isTaken(name, naming.arch(), first));
        return Stream.concat(CatalogNames.own(first).stream(), usual).distinct().toList();
    }

    /** As clients choose: the greatest serial, then the preferred root. */
    private Image newest(ImageType type) {
        return group.stream()
                .filter(image -> image.type() == type && !isUnifiedMachine(image))
                .max(Comparator.comparing((Image image) -> serials.get(image.fingerprint()))
                        .thenComparing(image -> preference(Roots.of(image)), Comparator.reverseOrder()))
                .orElse(null);
    }

    private static int preference(ItemKind root) {
        return root == null ? -1 : root.ordinal();
    }

    private static boolean isUnifiedMachine(Image image) {
        return image.type() == ImageType.VIRTUAL_MACHINE && !image.isSplit();
    }

    private static PublishedFile file(ImageFile file) {
        return new PublishedFile(ItemPath.of(file), file.size(), file.blob().hex());
    }

    private static String endOf(Image image) {
        var end = image.expiresAt().atOffset(ZoneOffset.UTC).toLocalDate();
        boolean shown = !image.expiresAt().equals(Image.NEVER_EXPIRES) && end.getYear() > 0 && end.getYear() <= LAST_YEAR;
        return shown ? end.toString() : "";
    }
}
