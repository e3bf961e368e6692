package dev.berth.serve.lxd.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The API extensions Berth advertises, each with the promise that comes with it (rest-api 1.3, 1.4). A name is here only
 * when the promise is kept: clients switch their behaviour on membership. Names that would make clients expect
 * instances, storage, networks, image registries or asynchronous project writes must never appear.
 */
enum Extension {
    ETAG("answers of GET carry an ETag that PUT and PATCH honour"),
    PATCH("what PUT replaces, PATCH changes in part"),
    HTTPS_ALLOWED_CREDENTIALS("the CORS credentials header follows its setting"),
    IMAGE_COMPRESSION_ALGORITHM("the field of a create is validated"),
    CERTIFICATE_UPDATE("certificates can be edited"),
    IMAGE_FORCE_REFRESH("an image can be asked to look at its source again"),
    IMAGE_CREATE_ALIASES("a create makes its aliases in the same commit"),
    ENTITY_DESCRIPTION("projects and profiles have descriptions"),
    OPERATION_DESCRIPTION("operations say what they do"),
    EVENT_LIFECYCLE("lifecycle events are sent"),
    EVENT_LOCATION("events say where they happened"),
    EVENT_PROJECT("events say in which project they happened"),
    EVENT_LIFECYCLE_REQUESTOR_ADDRESS("lifecycle events carry the address of who asked"),
    EVENT_LIFECYCLE_NAME_AND_PROJECT("lifecycle events carry name and project"),
    PROJECTS("images, aliases and profiles live in projects"),
    IMAGE_TYPES("images and aliases tell containers from virtual machines"),
    IMAGES_EXPIRY("expires_at can be set"),
    IMAGE_PROFILES("images name the profiles of their instances"),
    IMAGE_COPY_PROFILE("a copy may name profiles"),
    API_FILTERING("the image list takes a filter"),
    COMPRESSION_SQUASHFS("squashfs is a legal compression algorithm"),
    IMAGE_SOURCE_PROJECT("a copy looks into the project of its source that it names"),
    IMAGES_TARGET_PROJECT("a create lands in the project it names"),
    IMAGE_RESTRICTIONS("requirements.* properties pass through unchanged"),
    IMAGE_RESTRICTION_NESTING("so does requirements.nesting"),
    IMAGE_RESTRICTION_PRIVILEGED("so does requirements.privileged"),
    CERTIFICATE_PROJECT("certificates can be restricted to projects"),
    CERTIFICATE_SELF_RENEWAL("a client may replace its own certificate"),
    CERTIFICATE_TOKEN("trust tokens are issued"),
    CERTIFICATE_DESCRIPTION("certificates have descriptions"),
    REMOTE_TOKEN_EXPIRY("core.remote_token_expiry limits the life of tokens"),
    EXPLICIT_TRUST_TOKEN("trust_token carries a token"),
    OPERATIONS_GET_QUERY_ALL_PROJECTS("the operation list takes all-projects"),
    OPERATION_WAIT("a secret lets strangers wait for an operation"),
    OPERATION_REQUESTOR("operations say who asked for them"),
    IMAGES_ALL_PROJECTS("the image list takes all-projects"),
    METRICS("/1.0/metrics is served"),
    METRICS_AUTHENTICATION("core.metrics_authentication opens the metrics"),
    CLIENT_CERT_PRESENCE("/1.0 says whether the caller presented a certificate"),
    AUTH_USER("/1.0 says as whom the caller is known"),
    IMAGES_PUSH_RELAY("an image can be pushed to another server with an upload token of that server"),
    IMAGE_IMPORT_ALIAS("the aliases header of an upload is honoured");

    private static final List<String> NAMES =
            Arrays.stream(values()).map(Extension::wireName).toList();

    private final String promise;

    Extension(String promise) {
        this.promise = promise;
    }

    /** All names as {@code GET /1.0} lists them. */
    static List<String> names() {
        return NAMES;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What clients may rely on. */
    String promise() {
        return promise;
    }
}
