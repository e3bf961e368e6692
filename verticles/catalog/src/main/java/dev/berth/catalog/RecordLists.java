package dev.berth.catalog;

import dev.berth.contract.CatalogContract.KeptRecord;
import dev.berth.contract.CatalogContract.Kind;
import dev.berth.contract.CatalogContract.ListRecords;
import dev.berth.contract.CatalogContract.Records;
import dev.berth.image.Image;
import java.util.List;

/** Lists records for those who look after them. Pure. */
final class RecordLists {
    private RecordLists() {}

    static Records of(Snapshot snapshot, ListRecords call) {
        List<Image> images = snapshot.shelves().values().stream()
                .flatMap(shelf -> shelf.images().stream())
                .map(ImageEntry::image)
                .filter(image -> isWanted(image, call.kind()))
                .toList();
        List<KeptRecord> records =
                images.stream().map(image -> new KeptRecord(image, snapshot.blobs().onlyIn(image))).toList();
        return new Records(records, snapshot.blobs().beyond(images), snapshot.blobs().bytes());
    }

    private static boolean isWanted(Image image, Kind kind) {
        return kind == Kind.CACHED ? image.cached() : image.source() != null;
    }
}
