package dev.berth.expire;

import dev.berth.contract.CatalogContract.KeptRecord;
import dev.berth.contract.CatalogContract.Records;
import dev.berth.contract.StoreContract.Surveyed;
import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.lxd.ImageSettings;
import java.util.List;
import java.util.Set;

/**
 * Everything a decision needs to know of the others at one moment.
 *
 * @param records the cached images
 * @param elsewhere blobs of theirs that other images have as well
 * @param leased blobs that somebody holds right now
 * @param freeBytes what the disk says is free, and what is on its way out already
 * @param settings how long images stay
 */
record Scene(
        List<KeptRecord> records, Set<BlobId> elsewhere, Set<BlobId> leased, long freeBytes, ImageSettings settings) {

    static Scene of(Records records, Surveyed survey, ImageSettings settings) {
        long leaving = Math.max(0, survey.blobBytes() - records.referencedBytes());
        return new Scene(
                records.records(),
                Set.copyOf(records.elsewhere()),
                Set.copyOf(survey.leased()),
                survey.freeBytes() + leaving,
                settings);
    }

    List<Image> images() {
        return records.stream().map(KeptRecord::image).toList();
    }

    boolean isInUse(Image image) {
        return image.files().stream().anyMatch(file -> leased.contains(file.blob()));
    }

    /** True when the project itself said that its cached images stay for ever. */
    boolean isPinned(Image image) {
        return settings.hasOwnCacheDays(image.project()) && settings.cacheDays(image.project()) == 0;
    }

    long cachedBytes() {
        return SpacePolicy.cachedBytes(records, elsewhere);
    }
}
