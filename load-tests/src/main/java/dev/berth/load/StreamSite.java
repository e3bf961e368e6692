package dev.berth.load;

import dev.berth.lxd.LxdJson;
import dev.berth.testkit.TarBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A simplestreams tree on disk with one split container image of a given size, {@code load}, or with many. A rootfs is a
 * plain tar of bytes that do not compress, so that nobody's decompression is measured, or a hole with a beginning of its
 * own, which takes no space here and is all zeros for whoever fetches it.
 *
 * @param root what a web server should serve
 * @param alias of the image
 * @param fingerprint of the image
 * @param metadata path of its metadata below the root
 * @param rootfs path of its rootfs below the root
 * @param sha256 of the rootfs
 */
record StreamSite(Path root, String alias, String fingerprint, String metadata, String rootfs, String sha256) {
    static final String ALIAS = "load";

    static StreamSite write(Path root, long megabytes, int seed) throws IOException {
        StreamSite site = large(root, megabytes, seed);
        publish(List.of(site));
        return site;
    }

    /** The image, and small ones of 1 MiB beside it; it is the first. */
    static List<StreamSite> writeAmong(Path root, long megabytes, int seed, int small) throws IOException {
        List<StreamSite> sites = new ArrayList<>(List.of(large(root, megabytes, seed)));
        sites.addAll(hollow(root, small, 1));
        publish(sites);
        return sites;
    }

    /** Many images with holes for their rootfs. */
    static List<StreamSite> holes(Path root, int count, long megabytes) throws IOException {
        List<StreamSite> sites = hollow(root, count, megabytes);
        publish(sites);
        return sites;
    }

    /** Bytes of the rootfs. */
    long length() throws IOException {
        return Files.size(root.resolve(rootfs));
    }

    private static StreamSite large(Path root, long megabytes, int seed) throws IOException {
        Path folder = Files.createDirectories(root.resolve("images/" + ALIAS));
        return of(root, ALIAS, BigImage.write(folder, "rootfs.tar.xz", megabytes, seed));
    }

    private static List<StreamSite> hollow(Path root, int count, long megabytes) throws IOException {
        List<StreamSite> sites = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path folder = Files.createDirectories(root.resolve("images/hole-" + i));
            Path rootfs = Files.writeString(folder.resolve("rootfs.tar.xz"), "hsqs" + i);
            try (RandomAccessFile hole = new RandomAccessFile(rootfs.toFile(), "rw")) {
                hole.setLength(megabytes << 20);
            }
            sites.add(of(root, "hole-" + i, rootfs));
        }
        return sites;
    }

    private static StreamSite of(Path root, String alias, Path rootfs) throws IOException {
        Path metadata = Files.write(rootfs.resolveSibling("lxd.tar.xz"), TarBuilder.tar()
                .file("metadata.yaml", "architecture: x86_64\ncreation_date: 1787298120\n")
                .build());
        return new StreamSite(
                root, alias, sha256(metadata, rootfs), root.relativize(metadata).toString(),
                root.relativize(rootfs).toString(), sha256(rootfs));
    }

    private static void publish(List<StreamSite> sites) throws IOException {
        Map<String, Object> products = new LinkedHashMap<>();
        for (StreamSite site : sites) {
            products.put(site.alias, site.product());
        }
        Path documents = Files.createDirectories(sites.get(0).root.resolve("streams/v1"));
        Files.write(documents.resolve("images.json"), LxdJson.bytes(Map.of(
                "content_id", "images", "datatype", "image-downloads", "format", "products:1.0", "products", products)));
        Files.write(documents.resolve("index.json"), LxdJson.bytes(Map.of(
                "format", "index:1.0",
                "index", Map.of("images", Map.of(
                        "datatype", "image-downloads", "format", "products:1.0", "path", "streams/v1/images.json",
                        "products", products.keySet())))));
    }

    private Map<String, Object> product() throws IOException {
        Map<String, Object> head = Map.of(
                "ftype", "lxd.tar.xz", "path", metadata, "size", Files.size(root.resolve(metadata)),
                "sha256", sha256(root.resolve(metadata)), "combined_rootxz_sha256", fingerprint);
        Map<String, Object> tree = Map.of(
                "ftype", "root.tar.xz", "path", rootfs, "size", Files.size(root.resolve(rootfs)), "sha256", sha256);
        return Map.of(
                "aliases", alias, "arch", "amd64", "os", "Load", "release", "1", "release_title", "1", "variant", "default",
                "versions", Map.of("20260821_0742", Map.of("items", Map.of("lxd.tar.xz", head, "root.tar.xz", tree))));
    }

    private static String sha256(Path... files) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                for (Path file : files) {
                    try (InputStream in = Files.newInputStream(file)) {
                        in.transferTo(sink);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
