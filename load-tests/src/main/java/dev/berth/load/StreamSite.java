package dev.berth.load;

import dev.berth.lxd.LxdJson;
import dev.berth.testkit.TarBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A simplestreams tree on disk with one split container image of a given size: {@code load}. Its rootfs is a plain tar of
 * bytes that do not compress, so that nobody's decompression is measured.
 *
 * @param root what a web server should serve
 * @param fingerprint of the image
 * @param metadata path of its metadata below the root
 * @param rootfs path of its rootfs below the root
 * @param sha256 of the rootfs
 */
record StreamSite(Path root, String fingerprint, String metadata, String rootfs, String sha256) {
    static final String ALIAS = "load";
    private static final String FOLDER = "images/load/";

    static StreamSite write(Path root, long megabytes, int seed) throws IOException {
        Path folder = Files.createDirectories(root.resolve(FOLDER));
        Files.createDirectories(root.resolve("streams/v1"));
        Path metadata = folder.resolve("lxd.tar.xz");
        Files.write(metadata, TarBuilder.tar()
                .file("metadata.yaml", "architecture: x86_64\ncreation_date: 1787298120\n")
                .build());
        Path rootfs = BigImage.write(folder, "rootfs.tar.xz", megabytes, seed);
        StreamSite site = new StreamSite(
                root, sha256(metadata, rootfs), FOLDER + "lxd.tar.xz", FOLDER + "rootfs.tar.xz", sha256(rootfs));
        site.describe(metadata, rootfs);
        return site;
    }

    private void describe(Path metadataFile, Path rootfsFile) throws IOException {
        Map<String, Object> head = Map.of(
                "ftype", "lxd.tar.xz", "path", metadata, "size", Files.size(metadataFile),
                "sha256", sha256(metadataFile), "combined_rootxz_sha256", fingerprint);
        Map<String, Object> tree = Map.of(
                "ftype", "root.tar.xz", "path", rootfs, "size", Files.size(rootfsFile), "sha256", sha256);
        Map<String, Object> product = Map.of(
                "aliases", ALIAS, "arch", "amd64", "os", "Load", "release", "1", "release_title", "1", "variant", "default",
                "versions", Map.of("20260821_0742", Map.of("items", Map.of("lxd.tar.xz", head, "root.tar.xz", tree))));
        document("images.json", Map.of(
                "content_id", "images", "datatype", "image-downloads", "format", "products:1.0",
                "products", Map.of("load", product)));
        document("index.json", Map.of("format", "index:1.0", "index", Map.of("images", Map.of(
                "datatype", "image-downloads", "format", "products:1.0", "path", "streams/v1/images.json",
                "products", List.of("load")))));
    }

    private void document(String name, Object content) throws IOException {
        Files.write(root.resolve("streams/v1").resolve(name), LxdJson.bytes(content));
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
