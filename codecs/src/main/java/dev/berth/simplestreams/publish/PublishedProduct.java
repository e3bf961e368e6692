package dev.berth.simplestreams.publish;

import java.util.List;
import java.util.Map;

/**
 * What the versions of a product share (formats 3.3). Texts that are not known are empty.
 *
 * @param key unique in the file, for example {@code debian:13:amd64:default}
 * @param releaseTitle as descriptions show it; empty for the release
 * @param variant never empty: clients cannot sort by an empty one (formats 3.6)
 * @param arch any name of an architecture; clients find images by {@code name/arch} with exactly this word
 * @param supportEol {@code YYYY-MM-DD}, which clients show as the images' end, or empty
 * @param aliases names of its newest version, per type; those with a comma, and empty ones, are dropped
 * @param requirements what instances need, for Incus and for newer LXD
 * @param lxdRequirements the same for LXD, which prefers this
 */
public record PublishedProduct(
        String key,
        String os,
        String release,
        String releaseTitle,
        String version,
        String variant,
        String arch,
        String supportEol,
        List<String> aliases,
        Map<String, String> requirements,
        Map<String, String> lxdRequirements) {
    public PublishedProduct {
        variant = variant.isEmpty() ? "default" : variant;
        releaseTitle = releaseTitle.isEmpty() ? release : releaseTitle;
        aliases = aliases.stream().filter(PublishedProduct::canBeListed).distinct().toList();
        requirements = Map.copyOf(requirements);
        lxdRequirements = Map.copyOf(lxdRequirements);
    }

    private static boolean canBeListed(String alias) {
        return !alias.isEmpty() && alias.indexOf(',') < 0;
    }
}
