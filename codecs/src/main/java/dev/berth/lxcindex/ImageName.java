package dev.berth.lxcindex;

import dev.berth.image.Image;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people ask for an image by. Taken from its properties {@code os}, {@code release} and {@code variant}; without
 * them, from an alias of the form {@code os/release} or {@code os/release/variant}.
 *
 * @param distribution lower case
 * @param release as the image says
 * @param architecture Debian's name
 * @param variant {@code default} when nothing is said
 */
record ImageName(String distribution, String release, String architecture, String variant) {
    private static final String USUAL_VARIANT = "default";
    private static final DateTimeFormatter SERIAL =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DISTINCT = 8;

    /** Empty when nothing says what the image is. */
    static Optional<ImageName> of(Image image) {
        return fromProperties(image).or(() -> fromAliases(image));
    }

    /**
     * Its serial, or the time it was made, and the start of its fingerprint: a serial alone may be used twice, and a
     * client would keep the older files.
     */
    static String build(Image image) {
        String serial = plain(image.properties().getOrDefault("serial", ""));
        String time = serial.isEmpty() ? SERIAL.format(image.createdAt()) : serial;
        return time + "-" + image.fingerprint().hex().substring(0, DISTINCT);
    }

    IndexLine line(String build, String path) {
        return new IndexLine(distribution, release, architecture, variant, build, path);
    }

    private static Optional<ImageName> fromProperties(Image image) {
        return named(
                image,
                image.properties().getOrDefault("os", ""),
                image.properties().getOrDefault("release", ""),
                image.properties().getOrDefault("variant", ""));
    }

    private static Optional<ImageName> fromAliases(Image image) {
        return image.aliases().stream()
                .map(alias -> List.of(alias.name().split("/")))
                .filter(parts -> parts.size() == 2 || parts.size() == 3)
                .map(parts -> named(image, parts.get(0), parts.get(1), parts.size() == 3 ? parts.get(2) : ""))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ImageName> named(Image image, String os, String release, String variant) {
        String kind = plain(variant).isEmpty() ? USUAL_VARIANT : plain(variant);
        String distribution = plain(os).toLowerCase(Locale.ROOT);
        boolean complete = Stream.of(distribution, plain(release), kind).allMatch(ImageName::isName);
        return complete
                ? Optional.of(new ImageName(distribution, plain(release), DebianArchitecture.name(image.architecture()), kind))
                : Optional.empty();
    }

    /** Fields become folders of the client's cache: no slash, no blank, nothing a shell or the index would read. */
    private static String plain(String text) {
        return text.strip().replaceAll("[^A-Za-z0-9._+:-]+", "-");
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && !text.startsWith(".") && !text.startsWith("-");
    }
}
