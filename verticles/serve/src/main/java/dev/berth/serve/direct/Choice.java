package dev.berth.serve.direct;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.Image;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which image a daemon gets for a name.
 *
 * @param name as asked
 * @param named the image that has this name
 * @param all images that everybody may see
 */
record Choice(String name, Optional<Image> named, List<Image> all) {

    /** The best for a machine that runs {@code wanted}, best first. */
    Optional<Image> best(List<Architecture> wanted) {
        return wanted.stream().map(this::on).flatMap(Optional::stream).findFirst();
    }

    private Optional<Image> on(Architecture architecture) {
        List<Image> its = all.stream().filter(image -> image.architecture() == architecture).toList();
        Stream<Optional<Image>> ways = Stream.of(
                named.filter(image -> image.architecture() == architecture),
                newest(its, this::hasNameWithArchitecture),
                newest(its, image -> named.filter(one -> isSameProduct(one, image)).isPresent()));
        return ways.flatMap(Optional::stream).findFirst();
    }

    /** {@code debian/13/arm64} when {@code debian/13} was asked for, whatever the architecture is called there. */
    private boolean hasNameWithArchitecture(Image image) {
        return image.aliases().stream()
                .map(Alias::name)
                .filter(alias -> alias.startsWith(name + "/"))
                .map(alias -> Architecture.find(alias.substring(name.length() + 1)))
                .anyMatch(found -> found.filter(image.architecture()::equals).isPresent());
    }

    private static Optional<Image> newest(List<Image> images, Predicate<Image> wanted) {
        return images.stream()
                .filter(image -> !image.isSplit() && wanted.test(image))
                .max(Comparator.comparing(Image::createdAt).thenComparing(Image::fingerprint));
    }

    private static boolean isSameProduct(Image one, Image other) {
        return one.type() == other.type()
                && one.properties().containsKey("os")
                && Stream.of("os", "release", "variant")
                        .allMatch(key -> Objects.equals(one.properties().get(key), other.properties().get(key)));
    }
}
