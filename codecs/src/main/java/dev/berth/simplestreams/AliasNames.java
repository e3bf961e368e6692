package dev.berth.simplestreams;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The names an image of a stream may be asked for: short ones, and medium ones with the stream's word for its architecture. */
final class AliasNames {
    private static final String UBUNTU_SERVER = "https://cloud-images.ubuntu.com";
    private static final String UBUNTU = "ubuntu/";

    private final boolean ubuntu;

    /** @param base URL of the server; on Ubuntu's own, names may be given with or without {@code ubuntu/}, as in LXD */
    AliasNames(String base) {
        this.ubuntu = base.startsWith(UBUNTU_SERVER);
    }

    List<String> shortOf(StreamImage image) {
        return image.facts().aliases().stream().map(this::bare).filter(name -> !name.isEmpty()).toList();
    }

    String medium(String name, StreamImage image) {
        return name + "/" + image.facts().arch();
    }

    /** Finds images that have {@code name} or a fingerprint that begins with it. */
    Predicate<StreamImage> asked(String name) {
        return image -> image.fingerprint().hex().startsWith(name) || all(image).anyMatch(name::equals);
    }

    private Stream<String> all(StreamImage image) {
        return shortOf(image).stream().flatMap(name -> Stream.of(name, medium(name, image)));
    }

    private String bare(String name) {
        return ubuntu && name.startsWith(UBUNTU) ? name.substring(UBUNTU.length()) : name;
    }
}
