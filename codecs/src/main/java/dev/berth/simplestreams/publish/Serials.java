package dev.berth.simplestreams.publish;

import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.simplestreams.ItemKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The versions of one product: the minute an image was made, in UTC. When that minute is taken, the next free one: what is
 * newer here is newer in the stream. Images that share their metadata file and differ in their root are one version.
 */
final class Serials {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmm").withZone(ZoneOffset.UTC);
    private static final Instant LAST = Instant.parse("9000-01-01T00:00:00Z");
    private static final Comparator<Image> OLDEST_FIRST = Comparator.comparing(Image::createdAt)
            .thenComparing(Image::uploadedAt)
            .thenComparing(Image::fingerprint);

    private final Map<Fingerprint, String> serials = new HashMap<>();
    private final Map<Mates, Version> open = new HashMap<>();
    private Instant last = Instant.MIN;

    private Serials() {}

    /** The serial of each of these images of one product. */
    static Map<Fingerprint, String> of(Collection<Image> images) {
        Serials all = new Serials();
        images.stream().sorted(OLDEST_FIRST).forEach(all::add);
        return all.serials;
    }

    private void add(Image image) {
        ItemKind root = Roots.of(image);
        Version mates = open.get(Mates.of(image));
        if (root == null || mates == null || !mates.roots.add(root)) {
            mates = new Version(next(image), new HashSet<>(root == null ? Set.of() : Set.of(root)));
            open.put(Mates.of(image), mates);
        }
        serials.put(image.fingerprint(), mates.serial);
    }

    private String next(Image image) {
        Instant made = image.createdAt().truncatedTo(ChronoUnit.MINUTES);
        Instant sane = made.isBefore(Instant.EPOCH) ? Instant.EPOCH : made.isAfter(LAST) ? LAST : made;
        last = sane.isAfter(last) ? sane : last.plus(1, ChronoUnit.MINUTES);
        return MINUTE.format(last);
    }

    private record Version(String serial, Set<ItemKind> roots) {}

    private record Mates(List<String> metadata) {
        static Mates of(Image image) {
            return new Mates(List.of(image.files().get(0).blob().hex(), image.createdAt().toString()));
        }
    }
}
