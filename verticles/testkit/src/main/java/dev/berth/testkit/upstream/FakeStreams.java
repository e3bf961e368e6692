package dev.berth.testkit.upstream;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.testkit.ImageFixtures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A simplestreams tree (formats 3): products are collected here and stand at {@link #INDEX} and {@link #PRODUCTS} after
 * {@link #publish}. Files stand at {@code /images/<serial>/<name>}. The documents are open for lies:
 * {@link #item} is the JSON as it will be published.
 */
public final class FakeStreams {
    public static final String INDEX = "/streams/v1/index.json";
    public static final String PRODUCTS = "/streams/v1/images.json";
    public static final String SIGNED_INDEX = "/streams/v1/index.sjson";
    public static final String SIGNED_PRODUCTS = "/streams/v1/images.sjson";

    private final FakeUpstream upstream;
    private final JsonObject products = new JsonObject();
    private String updated = "";

    FakeStreams(FakeUpstream upstream) {
        this.upstream = upstream;
    }

    /**
     * Adds a version of a split container image: items {@code lxd.tar.xz}, {@code incus.tar.xz} and {@code squashfs}.
     *
     * @param product its name is the alias too, for example {@code alpine/3.20}; other aliases may be set in the JSON
     * @param serial begins with YYYYMMDD
     * @return the fingerprint
     */
    public String add(String product, String serial, byte[] metadata, byte[] rootfs) {
        String fingerprint = ImageFixtures.fingerprint(metadata, rootfs);
        String folder = "images/" + product + "/" + serial + "/";
        JsonObject head = file(folder + "lxd.tar.xz", "lxd.tar.xz", metadata)
                .put("combined_squashfs_sha256", fingerprint);
        JsonObject items = new JsonObject()
                .put("lxd.tar.xz", head)
                .put("incus.tar.xz", head.copy().put("ftype", "incus.tar.xz"))
                .put("root.squashfs", file(folder + "rootfs.squashfs", "squashfs", rootfs));
        version(product, serial).put("items", items);
        return fingerprint;
    }

    /** Adds a version of an image of one file; the fingerprint is the answer. */
    public String addUnified(String product, String serial, byte[] tarball) {
        JsonObject item = file("images/" + product + "/" + serial + "/lxd.tar.gz", "lxd_combined.tar.gz", tarball);
        version(product, serial).put("items", new JsonObject().put("lxd_combined.tar.gz", item));
        return ImageFixtures.fingerprint(tarball);
    }

    /** Adds a delta of the squashfs of a version against that of an older one of the same product. */
    public FakeStreams addDelta(String product, String serial, String baseSerial, byte[] delta) {
        String name = "root." + baseSerial + ".vcdiff";
        JsonObject item = file("images/" + product + "/" + serial + "/" + name, "squashfs.vcdiff", delta)
                .put("delta_base", baseSerial);
        version(product, serial).getJsonObject("items").put(name, item);
        return this;
    }

    /** The JSON of a product; null when there is none. */
    public JsonObject product(String product) {
        return products.getJsonObject(product);
    }

    /** The JSON of an item. */
    public JsonObject item(String product, String serial, String item) {
        return version(product, serial).getJsonObject("items").getJsonObject(item);
    }

    /** Where a file of an item stands at the upstream. */
    public String path(String product, String serial, String item) {
        return "/" + item(product, serial, item).getString("path");
    }

    /** Takes a version out; its files stay. */
    public FakeStreams removeVersion(String product, String serial) {
        products.getJsonObject(product).getJsonObject("versions").remove(serial);
        return this;
    }

    /** Makes the documents visible as they are now. */
    public FakeStreams publish() {
        upstream.serve(PRODUCTS, productsDocument().encode());
        upstream.serve(INDEX, indexDocument(PRODUCTS).encode());
        return this;
    }

    /** Makes them visible as signed documents only (formats 3.7), at {@link #SIGNED_INDEX} and {@link #SIGNED_PRODUCTS}. */
    public FakeStreams publishSigned(SigningKey key) {
        upstream.serve(SIGNED_PRODUCTS, signed(key, productsDocument()));
        upstream.serve(SIGNED_INDEX, signed(key, indexDocument(SIGNED_PRODUCTS)));
        return this;
    }

    /** What the documents will say about their last change; they say nothing before that. */
    public FakeStreams updated(Instant time) {
        updated = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
        return this;
    }

    /** In lines that OpenPGP programs can read. */
    public static byte[] signed(SigningKey key, JsonObject document) {
        return key.clearSign(document.encodePrettily().getBytes(StandardCharsets.UTF_8));
    }

    /** The index as it would be published, with the path of this products file. */
    public JsonObject indexDocument(String path) {
        return dated(new JsonObject()
                .put("format", "index:1.0")
                .put("index", new JsonObject().put("images", new JsonObject()
                        .put("datatype", "image-downloads")
                        .put("format", "products:1.0")
                        .put("path", path.substring(1))
                        .put("products", new JsonArray(List.copyOf(products.fieldNames()))))));
    }

    /** The products file as it would be published. */
    public JsonObject productsDocument() {
        return dated(new JsonObject()
                .put("content_id", "images")
                .put("datatype", "image-downloads")
                .put("format", "products:1.0")
                .put("products", products));
    }

    private JsonObject dated(JsonObject document) {
        return updated.isEmpty() ? document : document.put("updated", updated);
    }

    private JsonObject version(String product, String serial) {
        JsonObject versions = products.containsKey(product)
                ? product(product).getJsonObject("versions")
                : newProduct(product).getJsonObject("versions");
        if (!versions.containsKey(serial)) {
            versions.put(serial, new JsonObject().put("items", new JsonObject()));
        }
        return versions.getJsonObject(serial);
    }

    private JsonObject newProduct(String product) {
        JsonObject fresh = new JsonObject()
                .put("aliases", product)
                .put("arch", "amd64")
                .put("os", "Alpine")
                .put("release", "3.20")
                .put("release_title", "3.20")
                .put("variant", "default")
                .put("versions", new JsonObject());
        products.put(product, fresh);
        return fresh;
    }

    private JsonObject file(String path, String ftype, byte[] bytes) {
        upstream.serve("/" + path, bytes);
        return new JsonObject()
                .put("ftype", ftype)
                .put("path", path)
                .put("size", bytes.length)
                .put("sha256", ImageFixtures.fingerprint(bytes));
    }
}
