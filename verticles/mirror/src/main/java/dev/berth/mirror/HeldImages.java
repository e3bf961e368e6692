package dev.berth.mirror;

import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.FetchContract.StreamPlace;
import dev.berth.contract.FetchContract.StreamProduct;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.simplestreams.publish.CatalogProducts;
import dev.berth.simplestreams.publish.ItemPath;
import dev.berth.simplestreams.publish.PublishedImage;
import dev.berth.simplestreams.publish.PublishedProduct;
import dev.berth.simplestreams.publish.Vocabulary;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of images that are here. A server that is no stream does not tell the files of its images, so that a stream can
 * list them only then; their products are made as those of our own images are.
 */
final class HeldImages {
    private final Map<Fingerprint, Image> images;
    private final Map<Fingerprint, PublishedImage> places;

    private HeldImages(Map<Fingerprint, Image> images, Map<Fingerprint, PublishedImage> places) {
        this.images = images;
        this.places = places;
    }

    static HeldImages of(List<Listed> wanted, Collection<Image> held) {
        Map<Fingerprint, Image> here = new HashMap<>();
        held.forEach(image -> here.putIfAbsent(image.fingerprint(), image));
        Map<Fingerprint, Image> images = wanted.stream()
                .filter(listed -> listed.place() == null && here.containsKey(listed.offer().fingerprint()))
                .collect(Collectors.toMap(
                        listed -> listed.offer().fingerprint(),
                        listed -> described(here.get(listed.offer().fingerprint()), listed.offer()),
                        (first, second) -> first));
        Map<Fingerprint, PublishedImage> places = CatalogProducts.of(images.values()).stream()
                .collect(Collectors.toMap(PublishedImage::fingerprint, place -> place));
        return new HeldImages(images, places);
    }

    /** The image with files and place, when it is here and needs them. */
    Listed proven(Listed listed) {
        Image image = images.get(listed.offer().fingerprint());
        PublishedImage place = places.get(listed.offer().fingerprint());
        return image == null || place == null ? listed : new Listed(withFiles(listed.offer(), image), place(place));
    }

    /** What the upstream says counts, not what was made of it here. */
    private static Image described(Image image, Offer offer) {
        return new Image(
                image.project(), image.fingerprint(), image.type(), image.architecture(), true, false, image.cached(),
                image.filename(), offer.properties(), offer.aliases(), image.profiles(), image.files(), image.createdAt(),
                image.uploadedAt(), image.lastUsedAt(), image.expiresAt(), image.source());
    }

    private static Offer withFiles(Offer offer, Image image) {
        List<OfferedFile> files = image.files().stream().map(HeldImages::file).toList();
        return new Offer(
                offer.fingerprint(), offer.alias(), offer.type(), offer.architecture(), offer.properties(),
                offer.aliases(), offer.filename(), offer.visible(), image.size(), image.createdAt(), offer.expiresAt(),
                files);
    }

    private static OfferedFile file(ImageFile file) {
        return new OfferedFile(ItemPath.of(file), file.size(), file.blob().hex(), List.of());
    }

    private static StreamPlace place(PublishedImage image) {
        PublishedProduct product = image.product();
        StreamProduct told = new StreamProduct(
                product.key(), product.os(), product.release(), product.releaseTitle(), product.version(),
                product.variant(), product.arch(), product.supportEol(), product.aliases(), product.requirements(),
                product.lxdRequirements());
        return new StreamPlace(
                told, image.serial(), image.label(), image.root() == null ? "" : image.root().ftype(),
                !image.readers().contains(Vocabulary.LXD));
    }
}
