package dev.berth.simplestreams;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Gathers the wanted images of one server's products files; memory grows with those only, and is estimated as their texts
 * plus a fixed weight. One thread at a time.
 */
public final class StreamCollector {
    /** Measured on a 64-bit JVM, names and index included: 850 for a unified image, 1,570 for a split one with a delta. */
    private static final long IMAGE_BYTES = 1500;

    private final AliasNames names;
    private final ReadLimits limits;
    private final Predicate<StreamImage> wanted;
    private final List<StreamImage> images = new ArrayList<>();
    private long kept;

    private StreamCollector(AliasNames names, ReadLimits limits, Predicate<StreamImage> wanted) {
        this.names = names;
        this.limits = limits;
        this.wanted = wanted;
    }

    /** Keeps every image. @param base URL of the server */
    public static StreamCollector ofAll(String base, ReadLimits limits) {
        return new StreamCollector(new AliasNames(base), limits, image -> true);
    }

    /**
     * Keeps the images that a lookup of {@code name} can come across. Offers made of them may list a further name that,
     * among all images of the server, another one would have won.
     */
    public static StreamCollector of(String name, String base, ReadLimits limits) {
        AliasNames names = new AliasNames(base);
        return new StreamCollector(names, limits, names.asked(name.isEmpty() ? "default" : name));
    }

    /** Keeps nothing, for those who only want to know whether a document can be read. */
    public static StreamCollector ofNone() {
        return new StreamCollector(new AliasNames(""), ReadLimits.DEFAULTS, image -> false);
    }

    /** @param ofProduct all images of one product */
    void take(List<StreamImage> ofProduct) throws StreamFormatException {
        List<StreamImage> more = ofProduct.stream().filter(wanted).toList();
        if (more.isEmpty()) {
            return;
        }
        images.addAll(more);
        kept += more.get(0).facts().characters();
        kept += more.stream().mapToLong(image -> IMAGE_BYTES + image.characters()).sum();
        if (kept > limits.keptBytes()) {
            throw new StreamFormatException("the stream's " + images.size() + " images take more than "
                    + limits.keptBytes() + " bytes of memory; ask for one of them by name");
        }
    }

    /** The images gathered so far. */
    public StreamIndex index() {
        return new StreamIndex(names, images);
    }
}
