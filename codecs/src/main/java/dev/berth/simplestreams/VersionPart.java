package dev.berth.simplestreams;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one version of a product. Items that cannot be used are left out one by one. */
final class VersionPart extends ObjectPart {
    private static final int MOST_DELTAS = 50;

    private final String where;
    private final SkippedParts skipped;
    private final ProductBudget budget;
    private final List<Product.Item> items = new ArrayList<>();
    private String label = "";

    VersionPart(JsonParser json, String where, SkippedParts skipped, ProductBudget budget) {
        super(json);
        this.where = where;
        this.skipped = skipped;
        this.budget = budget;
    }

    @Override
    protected void field(String name) throws IOException {
        switch (name) {
            case "label" -> label = text();
            case "items" -> each(this::item);
            default -> { }
        }
    }

    private void item(String name) throws IOException {
        if (budget.spentBy(json)) {
            return;
        }
        ItemPart part = new ItemPart(json);
        boolean sound = part.read();
        if (part.isForeign()) {
            return;
        }
        if (part.check() && sound) {
            keep(part.item(), name);
        } else {
            skipped.add(where + " > " + name, part.problem());
        }
    }

    /** Two roots of a kind would be two files for one fingerprint; deltas differ in their base. */
    private void keep(Product.Item item, String name) {
        long same = items.stream().filter(other -> other.kind() == item.kind()).count();
        if (same < (item.kind().isDelta() ? MOST_DELTAS : 1)) {
            items.add(item);
        } else {
            skipped.add(where + " > " + name, "a version has " + same + " of ftype " + item.kind().ftype() + " already");
        }
    }

    Product.Version version() {
        return new Product.Version(label, List.copyOf(items));
    }
}
