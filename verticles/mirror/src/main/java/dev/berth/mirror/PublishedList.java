package dev.berth.mirror;

import dev.berth.contract.FetchContract.Catalogue;
import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.image.Image;
import dev.berth.simplestreams.publish.StreamFiles;
import dev.berth.simplestreams.publish.StreamWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is seen of an upstream at one moment: documents, the files they name, and all names. Immutable.
 *
 * @param version of the documents: it differs when any of them does
 * @param updated when what the documents say last changed, as they say
 * @param catalogue what the upstream listed
 * @param documents of the stream
 * @param listed what the documents list, with the paths under {@code /mirror/NAME/}
 * @param files by these paths
 * @param names of all images that pass the filter, also those that no stream can list
 */
record PublishedList(
        String version,
        Instant updated,
        Catalogue catalogue,
        StreamFiles documents,
        List<Listed> listed,
        Map<String, MirroredFile> files,
        NameTable names) {

    /**
     * Burns CPU: not for an event loop.
     *
     * @param held images of the upstream that are here; those of a server that is no stream are listed only then
     */
    static PublishedList of(Catalogue catalogue, Filter filter, Collection<Image> held) {
        List<Listed> wanted = ListRules.wanted(catalogue.images(), filter);
        HeldImages here = HeldImages.of(wanted, held);
        List<Listed> provable = wanted.stream().map(here::proven).filter(ListRules::isProvable).toList();
        Instant updated = updated(provable);
        StreamFiles documents = StreamWriter.write(provable.stream().map(Publishing::published).toList(), updated);
        Set<?> leftOut = new HashSet<>(documents.leftOut());
        List<Listed> listed =
                provable.stream().filter(image -> !leftOut.contains(image.offer().fingerprint())).toList();
        return new PublishedList(
                UUID.nameUUIDFromBytes(documents.images()).toString(), updated, catalogue, documents,
                listed.stream().map(Publishing::relocated).toList(), files(listed),
                new NameTable(wanted.stream().map(Listed::offer).toList()));
    }

    /** That of the newest image, so that the same images make the same documents on every node and after every start. */
    private static Instant updated(List<Listed> images) {
        return images.stream()
                .map(image -> image.offer().createdAt())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static Map<String, MirroredFile> files(List<Listed> images) {
        Map<String, MirroredFile> files = new HashMap<>();
        for (Listed listed : images) {
            Offer image = listed.offer();
            for (OfferedFile file : image.files()) {
                files.merge(MirroredFile.path(file), MirroredFile.of(image, file), MirroredFile::cheaper);
            }
        }
        return Map.copyOf(files);
    }
}
