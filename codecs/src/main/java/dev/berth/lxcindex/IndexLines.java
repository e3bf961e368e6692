package dev.berth.lxcindex;

import dev.berth.image.Image;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Which lines a set of images makes: one for each name, in order of the names, for the newest image that has it. */
public final class IndexLines {
    private static final Comparator<ImageName> BY_NAME = Comparator.comparing(ImageName::distribution)
            .thenComparing(ImageName::release)
            .thenComparing(ImageName::architecture)
            .thenComparing(ImageName::variant);
    /** The fingerprint only decides between twins, so that every index says the same. */
    private static final Comparator<Image> BY_AGE = Comparator.comparing(Image::createdAt)
            .thenComparing(Image::uploadedAt)
            .thenComparing(Image::fingerprint);

    private IndexLines() {}

    /**
     * @param images those that can be served; images without a name are left out
     * @param path where the files of an image are, relative to the server, with a slash at both ends
     */
    public static List<IndexLine> of(Collection<Image> images, Function<Image, String> path) {
        Map<ImageName, Image> newest = new TreeMap<>(BY_NAME);
        images.forEach(image -> ImageName.of(image).ifPresent(name -> newest.merge(name, image, IndexLines::newer)));
        return newest.entrySet().stream()
                .map(named -> named.getKey().line(ImageName.build(named.getValue()), path.apply(named.getValue())))
                .toList();
    }

    private static Image newer(Image one, Image other) {
        return BY_AGE.compare(one, other) >= 0 ? one : other;
    }
}
