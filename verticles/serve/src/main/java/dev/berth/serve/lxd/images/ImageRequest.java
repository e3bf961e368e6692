package dev.berth.serve.lxd.images;

import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.format.CompressionAlgorithm;
import dev.berth.format.Dialect;
import dev.berth.format.FormatException;
import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.lxd.JsonFields;
import dev.berth.serve.lxd.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON request to create an image: what is wanted, checked in LXD's order.
 *
 * @param fields the whole request
 * @param source its source
 */
record ImageRequest(JsonFields fields, JsonFields source) {
    private static final Set<String> INSTANCE_TYPES =
            Set.of("instance", "container", "virtual-machine", "snapshot");
    private static final long FOR_EVER = 0;

    /** What a request wants. */
    enum Kind {
        UPLOAD_TOKEN,
        FETCH,
        INSTANCE
    }

    /** Refused: INVALID without a source. */
    static ImageRequest read(JsonFields body) {
        JsonFields source = body.object("source");
        if (source == null) {
            throw invalid("an image request needs a source like {\"type\": \"image\", …}, got none");
        }
        return new ImageRequest(body, source);
    }

    boolean visible() {
        return fields.isSet("public");
    }

    /** Refused: BROKEN "Invalid images JSON" for a type nobody knows, INVALID for a compression nobody knows. */
    void check(boolean incus) {
        if (!isPush() && !isFetch() && !INSTANCE_TYPES.contains(type())) {
            throw new RefusedException(new Refused(Refused.Reason.BROKEN, "Invalid images JSON"));
        }
        String compression = fields.textOrEmpty("compression_algorithm");
        if (!compression.isEmpty()) {
            checkCompression(compression, incus ? Dialect.INCUS : Dialect.LXD);
        }
    }

    private static void checkCompression(String text, Dialect dialect) {
        try {
            CompressionAlgorithm.validate(text, dialect);
        } catch (FormatException e) {
            throw invalid(e.getMessage());
        }
    }

    Kind kind() {
        if (isPush()) {
            return Kind.UPLOAD_TOKEN;
        }
        return isFetch() ? Kind.FETCH : Kind.INSTANCE;
    }

    /** LXD's client sends the type of a push empty; others say "image". */
    private boolean isPush() {
        return source.textOrEmpty("mode").equals("push") && (type().isEmpty() || type().equals("image"));
    }

    private boolean isFetch() {
        return type().equals("image") || type().equals("url");
    }

    private String type() {
        return source.textOrEmpty("type");
    }

    /** True for an import from a web address. */
    boolean isDirect() {
        return type().equals("url");
    }

    /** The upload token it asks for. Refused: INVALID without a whole fingerprint. */
    GrantToken token(Scope scope, Requestor requestor) {
        String fingerprint = source.textOrEmpty("fingerprint");
        if (!Fingerprint.isWhole(fingerprint)) {
            throw invalid("an upload token needs the whole fingerprint of the image, 64 lower-case hexadecimal digits,"
                    + " got " + fingerprint.length() + " characters");
        }
        return new GrantToken(
                Purpose.UPLOAD_IMAGE,
                scope.imageProject(),
                new Fingerprint(fingerprint),
                FOR_EVER,
                tokenMetadata(fingerprint),
                requestor);
    }

    private Map<String, Object> tokenMetadata(String fingerprint) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("fingerprint", fingerprint);
        metadata.put("public", visible());
        metadata.put("aliases", aliases().stream()
                .map(alias -> Map.of("name", alias.name(), "description", alias.description()))
                .toList());
        Map<String, String> properties = fields.textMap("properties");
        metadata.put("properties", properties == null ? Map.of() : properties);
        if (fields.time("expires_at") != null) {
            metadata.put("expires_at", LxdJson.time(fields.time("expires_at")));
        }
        return metadata;
    }

    /** The names it shall get. Refused: INVALID for one without a name. */
    List<Alias> aliases() {
        List<Alias> aliases = new ArrayList<>();
        for (JsonFields alias : fields.objects("aliases")) {
            AliasRules.mustHaveName(alias.textOrEmpty("name"));
            aliases.add(new Alias(alias.textOrEmpty("name"), alias.textOrEmpty("description")));
        }
        return aliases;
    }

    private static RefusedException invalid(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
