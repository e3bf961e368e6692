package dev.berth.fetch.streams;

import dev.berth.contract.FetchContract.Listed;
import dev.berth.simplestreams.IndexDocument;
import dev.berth.simplestreams.IndexEntry;
import dev.berth.simplestreams.Listing;
import dev.berth.simplestreams.Lookup;
import dev.berth.simplestreams.ProductsDocument;
import dev.berth.simplestreams.ReadLimits;
import dev.berth.simplestreams.SkippedParts;
import dev.berth.simplestreams.StreamCollector;
import dev.berth.simplestreams.StreamFormatException;
import dev.berth.simplestreams.StreamIndex;
import dev.berth.simplestreams.Wanted;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks names up in documents. What was read is remembered while memory allows, so that many lookups in one server cost
 * one reading. Blocks: for worker threads, any number.
 */
final class Catalogs {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogs.class);
    private static final int MOST_REMEMBERED = 8;

    private final Map<List<String>, SoftReference<StreamIndex>> remembered = new LinkedHashMap<>(8, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, SoftReference<StreamIndex>> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** The products files that an index names. */
    List<IndexEntry> entries(KeptDocument index) throws IOException {
        SkippedParts skipped = new SkippedParts();
        try (InputStream in = open(index)) {
            List<IndexEntry> entries = IndexDocument.read(in, ReadLimits.DEFAULTS, skipped);
            tell(skipped);
            return entries;
        }
    }

    /** @param base URL of the server */
    Lookup find(String base, List<KeptDocument> products, Wanted wanted) throws IOException {
        List<String> versions = products.stream().map(KeptDocument::version).toList();
        StreamIndex known = remembered(versions);
        if (known != null) {
            return known.find(wanted);
        }
        try {
            StreamIndex all = read(StreamCollector.ofAll(base, ReadLimits.DEFAULTS), products);
            remember(versions, all);
            return all.find(wanted);
        } catch (StreamFormatException tooLarge) {
            return read(StreamCollector.of(wanted.name(), base, ReadLimits.DEFAULTS), products).find(wanted);
        }
    }

    /** Everything they list. Fails when that is more than is read at once. */
    List<Listed> all(String base, List<KeptDocument> products) throws IOException {
        return Listing.of(read(StreamCollector.ofAll(base, ReadLimits.DEFAULTS), products));
    }

    /** One products file that makes no sense costs only its own images, unless nothing else is left. */
    private static StreamIndex read(StreamCollector collector, List<KeptDocument> products) throws IOException {
        SkippedParts skipped = new SkippedParts();
        StreamFormatException problem = null;
        int good = 0;
        for (KeptDocument document : products) {
            try (InputStream in = open(document)) {
                ProductsDocument.read(in, ReadLimits.DEFAULTS, collector, skipped);
                good++;
            } catch (StreamFormatException e) {
                LOG.warn("a products file is left out: {}", e.getMessage());
                problem = e;
            }
        }
        if (good == 0 && problem != null) {
            throw problem;
        }
        tell(skipped);
        return collector.index();
    }

    private synchronized StreamIndex remembered(List<String> versions) {
        SoftReference<StreamIndex> reference = remembered.get(versions);
        return reference == null ? null : reference.get();
    }

    private synchronized void remember(List<String> versions, StreamIndex index) {
        remembered.put(versions, new SoftReference<>(index));
    }

    private static InputStream open(KeptDocument document) throws IOException {
        return new BufferedInputStream(Files.newInputStream(document.body()), 64 << 10);
    }

    private static void tell(SkippedParts skipped) {
        if (skipped.count() > 0) {
            LOG.info("left out {} parts of an image stream, for example {}", skipped.count(), skipped.reasons().get(0));
        }
    }
}
