package dev.berth.testkit.upstream;

import dev.berth.lxd.PathSegment;
import dev.berth.testkit.ImageFixtures;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The part of LXD's REST interface that a puller sees (rest-api 6.4): {@code /1.0}, aliases, images, exports. Everything
 * stands at paths of the upstream, so faults can be planned for them; the paths are {@link #infoPath},
 * {@link #exportPath} and {@link #aliasPath}.
 */
public final class FakeLxd {
    /** The list of all images with their documents. */
    public static final String LIST = "/1.0/images";

    private static final String BOUNDARY = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

    private final FakeUpstream upstream;
    private final Map<String, JsonObject> listed = new LinkedHashMap<>();

    FakeLxd(FakeUpstream upstream) {
        this.upstream = upstream;
        upstream.serve("/1.0", sync(new JsonObject()
                .put("api_version", "1.0")
                .put("auth", "untrusted")
                .put("public", true)
                .put("api_extensions", new JsonArray().add("image_types"))));
    }

    /** Adds a container image of one file; its fingerprint is the answer. */
    public String add(byte[] tarball) {
        return add(tarball, Map.of("os", "Alpine"));
    }

    public String add(byte[] tarball, Map<String, String> properties) {
        String fingerprint = ImageFixtures.fingerprint(tarball);
        describe(fingerprint, tarball.length, "container", properties);
        upstream.serve(exportPath(fingerprint), tarball, Map.of(
                "Content-Type", "application/octet-stream",
                "Content-Disposition", "inline;filename=" + fingerprint + ".tar.gz"));
        return fingerprint;
    }

    /** Adds an image of two files; its fingerprint is the answer. */
    public String addSplit(byte[] metadata, byte[] rootfs, boolean machine) {
        String fingerprint = ImageFixtures.fingerprint(metadata, rootfs);
        describe(fingerprint, metadata.length + rootfs.length, machine ? "virtual-machine" : "container", Map.of("os", "Alpine"));
        upstream.serve(exportPath(fingerprint), multipart(metadata, rootfs, machine ? "rootfs.img" : "rootfs"), Map.of(
                "Content-Type", "multipart/form-data; boundary=" + BOUNDARY));
        return fingerprint;
    }

    /** Names an image; an existing name moves. */
    public FakeLxd alias(String name, String fingerprint) {
        upstream.serve(aliasPath(name), sync(new JsonObject()
                .put("name", name)
                .put("description", "")
                .put("type", "container")
                .put("target", fingerprint)));
        return this;
    }

    /** Takes a name away. */
    public FakeLxd removeAlias(String name) {
        upstream.remove(aliasPath(name));
        return this;
    }

    /** Takes an image away. */
    public FakeLxd remove(String fingerprint) {
        upstream.remove(infoPath(fingerprint));
        listed.remove(fingerprint);
        list();
        upstream.remove(exportPath(fingerprint));
        return this;
    }

    /** Lets only those see the image who bring the secret. */
    public FakeLxd hide(String fingerprint, String secret) {
        return open(fingerprint, exchange -> {
            String query = exchange.request().query();
            return query != null && query.contains("secret=" + secret);
        });
    }

    /** Lets only those see the image who present the certificate whose DER form has this SHA-256. */
    public FakeLxd admit(String fingerprint, String client) {
        return open(fingerprint, exchange -> Introduction.of(exchange.request()).equals(client));
    }

    private FakeLxd open(String fingerprint, Predicate<Exchange> condition) {
        Behaviour guarded = exchange -> {
            if (condition.test(exchange)) {
                exchange.send();
            } else {
                exchange.status(404);
            }
        };
        upstream.misbehave(infoPath(fingerprint), guarded);
        upstream.misbehave(exportPath(fingerprint), guarded);
        return this;
    }

    public static String infoPath(String fingerprint) {
        return "/1.0/images/" + fingerprint;
    }

    public static String exportPath(String fingerprint) {
        return infoPath(fingerprint) + "/export";
    }

    public static String aliasPath(String name) {
        return "/1.0/images/aliases/" + PathSegment.escape(name);
    }

    private void describe(String fingerprint, long size, String type, Map<String, String> properties) {
        JsonObject image = new JsonObject()
                .put("fingerprint", fingerprint)
                .put("size", size)
                .put("type", type)
                .put("architecture", "x86_64")
                .put("public", true)
                .put("cached", false)
                .put("auto_update", false)
                .put("filename", fingerprint.substring(0, 12) + ".tar.gz")
                .put("properties", new JsonObject(Map.copyOf(properties)))
                .put("profiles", new JsonArray().add("default"))
                .put("aliases", new JsonArray().add(new JsonObject().put("name", "its-name").put("description", "")))
                .put("created_at", "2026-08-21T07:42:00Z")
                .put("uploaded_at", "2026-08-21T08:00:00Z")
                .put("last_used_at", "0001-01-01T00:00:00Z")
                .put("expires_at", "1970-01-01T00:00:00Z");
        upstream.serve(infoPath(fingerprint), sync(image));
        listed.put(fingerprint, image);
        list();
    }

    private void list() {
        upstream.serve(LIST, sync(new JsonArray(List.copyOf(listed.values()))));
    }

    private static String sync(Object metadata) {
        return new JsonObject()
                .put("type", "sync")
                .put("status", "Success")
                .put("status_code", 200)
                .put("metadata", metadata)
                .encode() + "\n";
    }

    private static byte[] multipart(byte[] metadata, byte[] rootfs, String rootfsName) {
        return Buffer.buffer()
                .appendBytes(partHead("metadata", "meta.tar.xz"))
                .appendBytes(metadata)
                .appendString("\r\n")
                .appendBytes(partHead(rootfsName, "root.squashfs"))
                .appendBytes(rootfs)
                .appendString("\r\n--" + BOUNDARY + "--\r\n")
                .getBytes();
    }

    private static byte[] partHead(String name, String filename) {
        return ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
