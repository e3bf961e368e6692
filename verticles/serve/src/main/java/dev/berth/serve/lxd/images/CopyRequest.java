package dev.berth.serve.lxd.images;

import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.Requestor;
import dev.berth.image.Alias;
import dev.berth.image.ImageType;
import dev.berth.serve.lxd.JsonFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON request for an image of another server: what is wanted and from where (rest-api 3.5).
 *
 * @param source where from
 * @param name fingerprint or alias over there, which clients write into the same field; empty for a direct import
 * @param imageType as asked, may be empty
 * @param copyAliases also create the names it has over there
 * @param claims what the asker says about it
 */
record CopyRequest(Source source, String name, String imageType, boolean copyAliases, Claims claims) {
    /** The empty one means lxd. */
    private static final Set<String> PROTOCOLS = Set.of("", "lxd", "incus", "simplestreams", "direct");

    /**
     * Refused: INVALID for values of the wrong kind.
     *
     * @param ourselves whether the asker may speak for us to the other server
     */
    static CopyRequest read(ImageRequest request, Requestor requestor, boolean ourselves) {
        JsonFields from = request.source();
        Claims claims = claims(request.fields(), request.aliases(), requestor);
        if (request.isDirect()) {
            Source source = new Source(from.textOrEmpty("url"), "direct", "", "", "");
            return new CopyRequest(source, "", "", false, claims);
        }
        Source source = new Source(
                from.textOrEmpty("server"),
                from.textOrEmpty("protocol"),
                from.textOrEmpty("certificate"),
                from.textOrEmpty("secret"),
                from.textOrEmpty("project"),
                ourselves);
        String fingerprint = from.textOrEmpty("fingerprint");
        String name = fingerprint.isEmpty() ? from.textOrEmpty("alias") : fingerprint;
        return new CopyRequest(source, name, from.textOrEmpty("image_type"), from.isSet("copy_aliases"), claims);
    }

    private static Claims claims(JsonFields fields, List<Alias> aliases, Requestor requestor) {
        Map<String, String> properties = fields.textMap("properties");
        return new Claims(
                fields.textOrEmpty("filename"),
                fields.isSet("public"),
                fields.isSet("auto_update"),
                false,
                properties == null ? Map.of() : properties,
                fields.texts("profiles"),
                aliases,
                null,
                null,
                null,
                requestor,
                false);
    }

    /** What is wrong with it, in LXD's words, which clients read in the operation. */
    Optional<String> problem() {
        if (source.protocol().equals("direct")) {
            return source.server().isEmpty() ? Optional.of("Missing URL") : Optional.empty();
        }
        if (name.isEmpty()) {
            return Optional.of("must specify one of alias or fingerprint for init from image");
        }
        if (!PROTOCOLS.contains(source.protocol())) {
            return Optional.of("Unsupported protocol: " + source.protocol());
        }
        if (!isKnownType()) {
            return Optional.of("Invalid image type \"" + imageType + "\"");
        }
        return source.server().isEmpty() ? Optional.of("Missing server: expected the URL of one, got none") : Optional.empty();
    }

    private boolean isKnownType() {
        return imageType.isEmpty() || type() != null;
    }

    private ImageType type() {
        for (ImageType type : ImageType.values()) {
            if (type.wireName().equals(imageType)) {
                return type;
            }
        }
        return null;
    }

    /** @param watcher the operation that waits for it */
    Bring bring(String project, String watcher) {
        return new Bring(source, name, type(), null, project, claims, copyAliases, watcher);
    }
}
