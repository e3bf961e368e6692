package dev.berth.simplestreams.publish;

import dev.berth.image.Architecture;
import dev.berth.image.Image;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an image of a catalog is in a stream's words. Images without the properties {@code os} and {@code release} are
 * nobody's version: each is a product of its own, called by its first name or by the beginning of its fingerprint.
 *
 * @param hasRelease whether it says itself what it is
 */
record Naming(String os, String release, String variant, String arch, boolean hasRelease) {
    private static final String UNKNOWN_OS = "image";
    private static final String DEFAULT = "default";

    static Naming of(Image image) {
        String os = property(image, "os");
        String release = property(image, "release");
        String variant = property(image, "variant");
        boolean told = !os.isEmpty() && !release.isEmpty();
        return new Naming(
                os.isEmpty() ? UNKNOWN_OS : os,
                told ? release : ownName(image),
                variant.isEmpty() ? DEFAULT : variant,
                arch(image.architecture()),
                told);
    }

    /** The key of its product: what differs only in the case of its letters is the same. */
    String key() {
        return Stream.of(os, release, arch, variant).map(Naming::keyPart).reduce((a, b) -> a + ":" + b).orElseThrow();
    }

    /** Names by convention (formats 3.6): {@code os/release/variant}, and shorter ones for defaults. */
    List<String> names() {
        if (!hasRelease) {
            return List.of();
        }
        String name = lower(os) + "/" + lower(release);
        return variant.equalsIgnoreCase(DEFAULT) ? List.of(name, name + "/" + DEFAULT) : List.of(name + "/" + lower(variant));
    }

    static Map<String, String> requirements(Image image) {
        String prefix = "requirements.";
        Map<String, String> requirements = new TreeMap<>();
        image.properties().forEach((name, value) -> {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                requirements.put(name.substring(prefix.length()), value);
            }
        });
        return requirements;
    }

    static String property(Image image, String name) {
        return image.properties().getOrDefault(name, "").strip();
    }

    private static String ownName(Image image) {
        return image.aliases().stream().map(alias -> alias.name()).sorted().findFirst()
                .orElse(image.fingerprint().shortForm());
    }

    /** As Debian calls it, because that is what people type after the slash (fact 96). */
    private static String arch(Architecture architecture) {
        return switch (architecture) {
            case I686 -> "i386";
            case X86_64 -> "amd64";
            case ARMV6L -> "armel";
            case ARMV7L -> "armhf";
            case AARCH64 -> "arm64";
            case PPC -> "powerpc";
            case PPC64LE -> "ppc64el";
            default -> architecture.canonical();
        };
    }

    private static String keyPart(String text) {
        return lower(text).replace(':', '-');
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
