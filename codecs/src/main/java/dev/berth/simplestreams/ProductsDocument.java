package dev.berth.simplestreams;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;

/** Reads a products file, one product in memory at a time (formats 3.3). */
public final class ProductsDocument {
    private ProductsDocument() {}

    /**
     * Hands the images of each product to {@code collector}, in the order of the document.
     *
     * @param in the document; not closed
     * @param skipped is told what was left out
     * @throws StreamFormatException when it is not a JSON object or breaks a limit; the collector's content is then void
     * @throws IOException what {@code in} throws
     */
    public static void read(InputStream in, ReadLimits limits, StreamCollector collector, SkippedParts skipped)
            throws IOException {
        JsonDocument.read(in, limits, json -> new Top(json, limits, collector, skipped));
    }

    private static final class Top extends ObjectPart {
        private final ReadLimits limits;
        private final StreamCollector collector;
        private final SkippedParts skipped;
        private int seen;

        Top(JsonParser json, ReadLimits limits, StreamCollector collector, SkippedParts skipped) {
            super(json);
            this.limits = limits;
            this.collector = collector;
            this.skipped = skipped;
        }

        @Override
        protected void field(String name) throws IOException {
            if (name.equals("products")) {
                each(this::product);
            }
        }

        private void product(String key) throws IOException {
            if (++seen > limits.products()) {
                throw new StreamFormatException("the document must not have more than " + limits.products() + " products");
            }
            ProductPart part = new ProductPart(json, key, limits, skipped);
            if (!part.read()) {
                skipped.add(key, part.problem());
                return;
            }
            Product product = part.product();
            if (product != null) {
                collector.take(ProductImages.of(product, skipped));
            }
        }
    }
}
