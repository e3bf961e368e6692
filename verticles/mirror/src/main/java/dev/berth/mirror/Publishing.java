package dev.berth.mirror;

import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.FetchContract.StreamPlace;
import dev.berth.contract.FetchContract.StreamProduct;
import dev.berth.simplestreams.ItemKind;
import dev.berth.simplestreams.publish.PublishedFile;
import dev.berth.simplestreams.publish.PublishedImage;
import dev.berth.simplestreams.publish.PublishedProduct;
import dev.berth.simplestreams.publish.Vocabulary;
import java.util.List;
import java.util.Set;

/** Puts an image of an upstream into a stream of ours: product, serial, names and hashes as they are, paths of our own. */
final class Publishing {
    private Publishing() {}

    /** For LXD and for Incus, whoever it was listed for over there, unless it is Incus' own. */
    static PublishedImage published(Listed listed) {
        StreamPlace place = listed.place();
        Offer image = listed.offer();
        List<PublishedFile> files = image.files().stream()
                .map(file -> new PublishedFile(MirroredFile.path(file), file.size(), file.sha256()))
                .toList();
        Set<Vocabulary> readers = place.incus() ? Set.of(Vocabulary.INCUS) : Set.of(Vocabulary.values());
        return new PublishedImage(
                product(place.product()), place.serial(), place.label(), image.type(), image.fingerprint(),
                ItemKind.of(place.root()).orElse(null), readers, files);
    }

    /** The same image at our paths; deltas stay with the upstream. */
    static Listed relocated(Listed listed) {
        Offer image = listed.offer();
        List<OfferedFile> files = image.files().stream()
                .map(file -> new OfferedFile(MirroredFile.path(file), file.size(), file.sha256(), List.of()))
                .toList();
        return new Listed(
                new Offer(
                        image.fingerprint(), image.alias(), image.type(), image.architecture(), image.properties(),
                        image.aliases(), image.filename(), image.visible(), image.size(), image.createdAt(),
                        image.expiresAt(), files),
                listed.place());
    }

    private static PublishedProduct product(StreamProduct product) {
        return new PublishedProduct(
                product.key(), product.os(), product.release(), product.releaseTitle(), product.version(),
                product.variant(), product.arch(), product.supportEol(), product.aliases(), product.requirements(),
                product.lxdRequirements() == null ? product.requirements() : product.lxdRequirements());
    }
}
