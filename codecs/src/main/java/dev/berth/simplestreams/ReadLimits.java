package dev.berth.simplestreams;

/**
 * How much reading one server's stream may cost. The public streams of 2026 stay below a hundredth of each.
 *
 * @param documentBytes largest document, in bytes
 * @param textCharacters longest single text that is looked at, in characters; a longer one ends the document
 * @param entries most entries of an index
 * @param products most products of a products file
 * @param productCharacters largest product, in characters; a larger one is skipped
 * @param items most versions and items of one product together; a product with more is skipped
 * @param names most names, and most requirements, of one product; a product with more is skipped
 * @param keptBytes most memory that the kept images of one server may take, as estimated by {@link StreamCollector}
 */
public record ReadLimits(
        long documentBytes,
        int textCharacters,
        int entries,
        int products,
        int productCharacters,
        int items,
        int names,
        long keptBytes) {

    public static final ReadLimits DEFAULTS =
            new ReadLimits(256L << 20, 1 << 16, 10_000, 2_000_000, 16 << 20, 100_000, 1_000, 128L << 20);

    public ReadLimits {
        positive("documentBytes", documentBytes);
        positive("textCharacters", textCharacters);
        positive("entries", entries);
        positive("products", products);
        positive("productCharacters", productCharacters);
        positive("items", items);
        positive("names", names);
        positive("keptBytes", keptBytes);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, got " + value);
        }
    }
}
