package dev.berth.expire;

import dev.berth.contract.CatalogContract.KeptRecord;
import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which cached images go when space is short, the least valuable first.
 *
 * <p>Burden = idle seconds x log2(2 + size in MiB): the longer unused and the larger, the sooner it goes. Time counts
 * fully, size by its magnitude only: of two images idle for a day, 1 GiB (10.0) goes before 10 MiB (3.6); but 10 MiB idle
 * for three days goes before both. Pure.
 */
final class SpacePolicy {
    private static final double MIB = 1 << 20;

    private SpacePolicy() {}

    /**
     * The fewest images, in order of burden, whose removal frees {@code wanted} bytes; all that would free anything when
     * they do not suffice.
     *
     * @param candidates images that may go
     * @param all every cached record: a blob is free only when none of them has it
     * @param elsewhere blobs that stay whatever happens here
     */
    static List<Image> choose(
            List<Image> candidates, List<KeptRecord> all, Set<BlobId> elsewhere, long wanted, Instant now) {
        Map<BlobId, Integer> holders = holders(all);
        List<Image> chosen = new ArrayList<>();
        long freed = 0;
        for (Image image : byBurden(candidates, now)) {
            if (freed >= wanted) {
                break;
            }
            if (image.files().stream().anyMatch(file -> !elsewhere.contains(file.blob()))) {
                chosen.add(image);
                freed += freed(image, holders, elsewhere);
            }
        }
        return chosen;
    }

    /** Bytes that only cached images hold. */
    static long cachedBytes(List<KeptRecord> all, Set<BlobId> elsewhere) {
        Set<BlobId> counted = new HashSet<>(elsewhere);
        return all.stream()
                .flatMap(record -> record.image().files().stream())
                .filter(file -> counted.add(file.blob()))
                .mapToLong(ImageFile::size)
                .sum();
    }

    static double burden(Image image, Instant now) {
        double idle = Math.max(1, Duration.between(image.idleSince(), now).toSeconds());
        return idle * Math.log(2 + image.size() / MIB) / Math.log(2);
    }

    private static List<Image> byBurden(List<Image> candidates, Instant now) {
        Map<Image, Double> burdens = new HashMap<>();
        candidates.forEach(image -> burdens.put(image, burden(image, now)));
        return candidates.stream()
                .sorted(Comparator.comparing((Image image) -> burdens.get(image)).reversed()
                        .thenComparing(Image::fingerprint))
                .toList();
    }

    private static Map<BlobId, Integer> holders(List<KeptRecord> all) {
        Map<BlobId, Integer> holders = new HashMap<>();
        all.stream()
                .flatMap(record -> record.image().files().stream())
                .forEach(file -> holders.merge(file.blob(), 1, Integer::sum));
        return holders;
    }

    private static long freed(Image image, Map<BlobId, Integer> holders, Set<BlobId> elsewhere) {
        return image.files().stream()
                .filter(file -> holders.merge(file.blob(), -1, Integer::sum) == 0 && !elsewhere.contains(file.blob()))
                .mapToLong(ImageFile::size)
                .sum();
    }
}
