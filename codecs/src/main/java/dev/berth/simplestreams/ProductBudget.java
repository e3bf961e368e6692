package dev.berth.simplestreams;

import com.fasterxml.jackson.core.JsonParser;

/** What one product may still take; versions and items are counted alike. */
final class ProductBudget {
    private final ReadLimits limits;
    private final long end;
    private int parts;

    /** Starts where the parser stands. */
    ProductBudget(ReadLimits limits, JsonParser json) {
        this.limits = limits;
        this.end = json.currentLocation().getCharOffset() + limits.productCharacters();
    }

    /** Counts the part the parser stands on; true when it and all that follow are too much. */
    boolean spentBy(JsonParser json) {
        return ++parts > limits.items() || json.currentLocation().getCharOffset() > end;
    }

    String exceeded() {
        return "a product must not have more than " + limits.items() + " versions and items or "
                + limits.productCharacters() + " characters";
    }
}
