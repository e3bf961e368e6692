package dev.berth.serve.direct;

import dev.berth.image.Architecture;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a daemon says about itself when it asks for an image by URL (facts 116, 126). */
final class ServerWords {
    /** First words of the headers, LXD's and Incus'. */
    static final List<String> FAMILIES = List.of("LXD", "Incus");
    /** The headers that change the answer. */
    static final String NAMES = "LXD-Server-Architectures, Incus-Server-Architectures";

    private ServerWords() {}

    /** What it runs, best first; empty when it does not say, as curl. */
    static List<Architecture> architectures(MultiMap headers) {
        return FAMILIES.stream()
                .map(family -> headers.get(family + "-Server-Architectures"))
                .filter(list -> list != null)
                .findFirst()
                .map(ServerWords::read)
                .orElse(List.of());
    }

    private static List<Architecture> read(String list) {
        return Arrays.stream(list.split(",")).map(Architecture::find).flatMap(Optional::stream).distinct().toList();
    }
}
