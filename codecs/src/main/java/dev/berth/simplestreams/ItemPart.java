package dev.berth.simplestreams;

import com.fasterxml.jackson.core.JsonParser;
import dev.berth.image.Fingerprint;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads one item of a version. */
final class ItemPart extends ObjectPart {
    private ItemKind kind;
    private String path = "";
    private long size;
    private String sha256 = "";
    private String deltaBase = "";
    private String combinedType = "";
    private Map<String, String> combined = Map.of();

    ItemPart(JsonParser json) {
        super(json);
    }

    @Override
    protected void field(String name) throws IOException {
        switch (name) {
            case "ftype" -> kind = ItemKind.of(text()).orElse(null);
            case "path" -> path = text();
            case "size" -> size = size();
            case "sha256" -> sha256 = text();
            case "delta_base" -> deltaBase = text();
            case "combined_type" -> combinedType = text();
            default -> combinedHash(name);
        }
    }

    private void combinedHash(String name) throws IOException {
        if (name.startsWith("combined_") && name.endsWith("sha256") && name.length() < 64) {
            String hash = text();
            if (Fingerprint.isWhole(hash)) {
                combined = combined.isEmpty() ? new HashMap<>() : combined;
                combined.put(name, hash);
            } else if (!hash.isEmpty()) {
                wrong(name + " must be 64 lower-case hexadecimal digits, got \"" + hash + "\"");
            }
        }
    }

    /** True for the many kinds that make no image: nobody misses them, sound or not. */
    boolean isForeign() {
        return kind == null;
    }

    /** Looks at what only makes sense once all fields are there; false when the item cannot be used. */
    boolean check() {
        String pathProblem = StreamPath.problem(path);
        if (!pathProblem.isEmpty()) {
            wrong(pathProblem);
        }
        if (!Fingerprint.isWhole(sha256)) {
            wrong("sha256 must be 64 lower-case hexadecimal digits, got \"" + sha256 + "\"");
        }
        return problem().isEmpty();
    }

    Product.Item item() {
        return new Product.Item(kind, StreamPath.clean(path), size, sha256, deltaBase, Map.copyOf(combined), combinedType);
    }
}
