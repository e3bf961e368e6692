package dev.berth.simplestreams.publish;

import dev.berth.image.Image;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images of a catalog as products of a stream: one product per os, release, architecture and variant, its images as
 * versions.
 *
 * <p>A name stands for the same image here and in the catalog. In a stream a product's names belong to its newest version
 * of each type, so that an image which is older and has a name nevertheless, or a virtual machine beside containers that
 * has a name of its own, becomes a product apart. Beside the catalog's names each product has those of the convention
 * {@code os/release/variant}, as far as the catalog does not use them for another image of that architecture.
 */
public final class CatalogProducts {
    private CatalogProducts() {}

    /** @param images of one project, each fingerprint once */
    public static List<PublishedImage> of(Collection<Image> images) {
        CatalogNames names = CatalogNames.of(images);
        return images.stream()
                .collect(Collectors.groupingBy(image -> Naming.of(image).key(), TreeMap::new, Collectors.toList()))
                .values().stream()
                .flatMap(group -> new CatalogProduct(group, names).images().stream())
                .toList();
    }
}
