package dev.berth.mirror;

import dev.berth.contract.FetchContract.Catalogue;
import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.FetchContract.StreamPlace;
import dev.berth.contract.FetchContract.StreamProduct;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Images as upstreams list them. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-08-21T08:00:00Z");
    private static final Instant CREATED = Instant.parse("2026-08-21T07:42:00Z");

    private Samples() {}

    /** A split container; its files are named by the letters of its hashes. */
    static Listed split(String product, String serial, char fingerprint, char metadata, char root, String... names) {
        List<OfferedFile> files = List.of(
                new OfferedFile("theirs/lxd.tar.xz", 10, hash(metadata), List.of()),
                new OfferedFile("theirs/rootfs.squashfs", 100, hash(root), List.of()));
        return new Listed(
                offer(fingerprint, ImageType.CONTAINER, Architecture.X86_64, 110, files, names),
                new StreamPlace(product(product), serial, "", "squashfs", false));
    }

    /** An image of a server that is no stream. */
    static Listed plain(char fingerprint, String... names) {
        return new Listed(offer(fingerprint, ImageType.CONTAINER, Architecture.X86_64, 110, List.of(), names), null);
    }

    static Offer offer(
            char fingerprint, ImageType type, Architecture architecture, long size, List<OfferedFile> files, String... names) {
        return new Offer(
                new Fingerprint(hash(fingerprint)), "", type, architecture, Map.of("os", "Debian", "release", "13"),
                Arrays.stream(names).map(name -> new Alias(name, "")).toList(), "lxd.tar.xz", true, size, CREATED, null,
                files);
    }

    static Catalogue catalogue(Listed... images) {
        return new Catalogue("v", NOW, "", List.of(images));
    }

    static PublishedList list(Listed... images) {
        return PublishedList.of(catalogue(images), Filter.ALL, List.of());
    }

    static String hash(char digit) {
        return Character.toString(digit).repeat(64);
    }

    private static StreamProduct product(String key) {
        return new StreamProduct(
                key, "Debian", "13", "13", "", "default", "amd64", "", List.of(key), Map.of(), null);
    }
}
