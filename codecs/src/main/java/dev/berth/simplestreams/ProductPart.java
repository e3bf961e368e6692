package dev.berth.simplestreams;

import com.fasterxml.jackson.core.JsonParser;
import dev.berth.image.Architecture;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one product. Versions that cannot be used are left out one by one. */
final class ProductPart extends ObjectPart {
    private final String key;
    private final ReadLimits limits;
    private final SkippedParts skipped;
    private final ProductBudget budget;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Product.Version> versions = new HashMap<>();
    private List<String> aliases = List.of();
    private Map<String, String> lxdRequirements;
    private Map<String, String> requirements;

    ProductPart(JsonParser json, String key, ReadLimits limits, SkippedParts skipped) {
        super(json);
        this.key = key;
        this.limits = limits;
        this.skipped = skipped;
        this.budget = new ProductBudget(limits, json);
    }

    @Override
    protected void field(String name) throws IOException {
        switch (name) {
            case "arch", "os", "release", "release_title", "version", "variant", "support_eol" -> texts.put(name, text());
            case "aliases" -> aliases = names(text());
            case "lxd_requirements" -> lxdRequirements = texts(limits.names());
            case "requirements" -> requirements = texts(limits.names());
            case "versions" -> each(this::version);
            default -> { }
        }
    }

    private List<String> names(String list) {
        long count = list.chars().filter(c -> c == ',').count() + 1;
        if (count > limits.names()) {
            wrong("aliases must not be more than " + limits.names() + ", got " + count);
            return List.of();
        }
        return list.isEmpty() ? List.of() : List.of(list.split(","));
    }

    private void version(String serial) throws IOException {
        if (budget.spentBy(json)) {
            wrong(budget.exceeded());
            versions.clear();
            return;
        }
        String where = key + " > " + serial;
        VersionPart part = new VersionPart(json, where, skipped, budget);
        boolean sound = part.read();
        if (sound) {
            versions.put(serial, part.version());
        } else {
            skipped.add(where, part.problem());
        }
    }

    /** The product, or null when its architecture is none we know: LXD passes over such products too (fact 102). */
    Product product() {
        return Architecture.find(value("arch")).map(this::product).orElse(null);
    }

    private Product product(Architecture architecture) {
        Product.Facts facts = new Product.Facts(key, architecture, value("arch"), value("os"), value("release"),
                value("release_title"), value("version"), value("variant"), value("support_eol"), aliases,
                lxdRequirements, requirements == null ? Map.of() : requirements);
        return new Product(facts, versions);
    }

    private String value(String name) {
        return texts.getOrDefault(name, "");
    }
}
