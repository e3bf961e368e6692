package dev.berth.mirror;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.Refused;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import dev.berth.simplestreams.HostArchitectures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Finds the images of one list by name, or by the beginning of their fingerprint. Immutable. */
final class NameTable {
    private static final char AFTER_HEX = 'g';

    private final Map<String, List<Offer>> byName = new HashMap<>();
    private final NavigableMap<String, Offer> byFingerprint = new TreeMap<>();

    NameTable(Collection<Offer> images) {
        for (Offer image : images) {
            byFingerprint.putIfAbsent(image.fingerprint().hex(), image);
            image.aliases().forEach(alias -> byName.computeIfAbsent(alias.name(), first -> new ArrayList<>()).add(image));
        }
    }

    /**
     * As clients look: containers first, and what this machine runs first.
     *
     * @param type wanted type, or null
     * @param architecture the only one wanted, or null to go by {@code host}
     */
    Answer<Offer> find(String name, ImageType type, Architecture architecture, Architecture host) {
        return byName.getOrDefault(name, List.of()).stream()
                .filter(image -> type == null || image.type() == type)
                .filter(image -> architecture == null || image.architecture() == architecture)
                .min(Comparator.comparing(Offer::type).thenComparing(image -> rank(image.architecture(), host)))
                .map(image -> Answer.yes(followed(image, name)))
                .orElseGet(() -> byFingerprint(name));
    }

    private Answer<Offer> byFingerprint(String name) {
        Collection<Offer> matches = Fingerprint.isPrefix(name)
                ? byFingerprint.subMap(name, true, name + AFTER_HEX, false).values()
                : List.of();
        if (matches.size() > 1) {
            return Answer.no(Refused.invalid("More than one match for the provided partial fingerprint"));
        }
        return matches.isEmpty()
                ? Answer.no(Refused.notFound("Image not found"))
                : Answer.yes(matches.iterator().next());
    }

    private static int rank(Architecture architecture, Architecture host) {
        return HostArchitectures.inOrder(host).indexOf(architecture);
    }


    /** The image as it is asked for under a name; empty for none. */
    static Offer followed(Offer image, String name) {
        return new Offer(
                image.fingerprint(), name, image.type(), image.architecture(), image.properties(), image.aliases(),
                image.filename(), image.visible(), image.size(), image.createdAt(), image.expiresAt(), image.files());
    }

    /** The name that keeps an image current: the first of those it goes by, or empty for an older version. */
    static String name(Offer image) {
        return image.aliases().stream().map(Alias::name).findFirst().orElse("");
    }
}
