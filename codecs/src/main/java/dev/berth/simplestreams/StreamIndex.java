package dev.berth.simplestreams;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The images of a server and their names; immutable, any thread.
 *
 * <p>A fingerprint that is listed twice is one image here, the first in LXD's order. LXD cannot use either then (fact
 * 101), although both stand for the same bytes.
 */
public final class StreamIndex {
    private static final int SHOWN = 10;
    private static final char AFTER_HEX = 'g';

    private final List<StreamImage> images;
    private final NavigableMap<String, StreamImage> byFingerprint = new TreeMap<>();
    private final AliasTable aliases;

    StreamIndex(AliasNames names, Collection<StreamImage> gathered) {
        List<StreamImage> inOrder = gathered.stream().sorted(ImageOrder.LXD).toList();
        this.aliases = new AliasTable(names, inOrder);
        this.images = inOrder.stream()
                .filter(image -> byFingerprint.putIfAbsent(image.fingerprint().hex(), image) == null)
                .toList();
    }

    /** All images in LXD's order: os, release, variant, newest serial first. */
    public List<StreamImage> images() {
        return images;
    }

    /** The names {@code image} goes by, as a client on {@code host} sees them. */
    public List<String> aliasesOf(StreamImage image, Architecture host) {
        return aliases.wonBy(image, host);
    }

    /** Finds an image by name; failing that, by the beginning of its fingerprint, whatever its type. */
    public Lookup find(Wanted wanted) {
        for (ImageType type : types(wanted)) {
            for (Architecture architecture : architectures(wanted)) {
                StreamImage owner = aliases.owner(wanted.name(), type, architecture);
                if (owner != null) {
                    return found(owner, wanted.name(), wanted.host());
                }
            }
        }
        return Fingerprint.isPrefix(wanted.name()) ? byFingerprint(wanted) : new Lookup.Missing();
    }

    private Lookup byFingerprint(Wanted wanted) {
        Collection<StreamImage> matches =
                byFingerprint.subMap(wanted.name(), true, wanted.name() + AFTER_HEX, false).values();
        List<StreamImage> some = matches.stream().limit(SHOWN).toList();
        if (some.isEmpty()) {
            return new Lookup.Missing();
        }
        return some.size() > 1 ? new Lookup.Ambiguous(some) : found(some.get(0), "", wanted.host());
    }

    private Lookup found(StreamImage image, String alias, Architecture host) {
        Offer offer = image.offer(alias, aliasesOf(image, host));
        return new Lookup.Found(image, offer);
    }

    private static List<ImageType> types(Wanted wanted) {
        return wanted.type() == null ? List.of(ImageType.CONTAINER, ImageType.VIRTUAL_MACHINE) : List.of(wanted.type());
    }

    private static List<Architecture> architectures(Wanted wanted) {
        return wanted.architecture() == null
                ? HostArchitectures.inOrder(wanted.host()) : List.of(wanted.architecture());
    }
}
