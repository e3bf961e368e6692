package dev.berth.simplestreams;

import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.StreamPlace;
import dev.berth.contract.FetchContract.StreamProduct;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Everything an index lists, for others to list it in the same places: what images share is shared here as well. */
public final class Listing {
    private final StreamIndex index;
    private final Map<Product.Facts, StreamProduct> products = new IdentityHashMap<>();

    private Listing(StreamIndex index) {
        this.index = index;
    }

    /** All images in LXD's order, with every name they go by, whoever asks. */
    public static List<Listed> of(StreamIndex index) {
        Listing listing = new Listing(index);
        return index.images().stream().map(listing::listed).toList();
    }

    private Listed listed(StreamImage image) {
        List<String> names = index.aliasesOf(image, image.architecture());
        String root = image.kind().isRoot() ? image.kind().ftype() : "";
        StreamProduct product = products.computeIfAbsent(image.facts(), Listing::product);
        return new Listed(
                image.offer("", names), new StreamPlace(product, image.serial(), image.label(), root, image.isIncus()));
    }

    private static StreamProduct product(Product.Facts facts) {
        return new StreamProduct(
                facts.key(), facts.os(), facts.release(), facts.releaseTitle(), facts.version(), facts.variant(),
                facts.arch(), facts.supportEol(), facts.aliases(), facts.requirements(), facts.lxdRequirements());
    }
}
