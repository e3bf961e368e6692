package dev.berth.app.clients;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import dev.berth.testkit.TarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A container image that really boots: busybox as init, and a template that puts the instance's name into
 * {@code /etc/hostname}. It is a folder as {@code lxc image import DIR} takes it, and can be packed. Images of different
 * names have different fingerprints.
 */
final class BusyboxImage {
    private static final List<String> APPLETS = List.of("sh", "init", "cat", "hostname", "ls", "sleep");

    private static final String METADATA = """
            architecture: x86_64
            creation_date: 1787298120
            properties:
              os: BusyBox
              release: 3.10
              name: %s
              description: BusyBox for tests
            templates:
              /etc/hostname:
                when: [create, copy]
                template: hostname.tpl
            """;

    /** Init without a console; the template's host name is applied like a distribution would. */
    private static final String INITTAB = """
            ::sysinit:/bin/hostname -F /etc/hostname
            ::respawn:/bin/sleep 3600
            ::shutdown:/bin/true
            """;

    private final Path folder;

    private BusyboxImage(Path folder) {
        this.folder = folder;
    }

    /** Lays the tree out in a new folder inside {@code parent}. */
    static BusyboxImage named(String name, Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(name));
        Files.writeString(folder.resolve("metadata.yaml"), METADATA.formatted(name));
        Files.writeString(Files.createDirectory(folder.resolve("templates")).resolve("hostname.tpl"), "{{ container.name }}\n");
        layOut(Files.createDirectory(folder.resolve("rootfs")));
        return new BusyboxImage(folder);
    }

    Path folder() {
        return folder;
    }

    /** The whole image in one file beside the folder. */
    Path unified(Packing packing) throws IOException {
        TarBuilder tar = TarBuilder.tar();
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted().skip(1).toList()) {
                add(tar, entry);
            }
        }
        return Files.write(beside(packing.extension()), packing.pack(tar.build()));
    }

    /** The first file of a split image: everything but the root file system. */
    Path metadata(Packing packing) throws IOException {
        TarBuilder tar = TarBuilder.tar();
        add(tar, folder.resolve("metadata.yaml"));
        add(tar, folder.resolve("templates"));
        add(tar, folder.resolve("templates/hostname.tpl"));
        return Files.write(beside("-meta" + packing.extension()), packing.pack(tar.build()));
    }

    /** The whole image in one file of the other kind. */
    Path unifiedSquashfs() throws IOException, InterruptedException {
        return squashed(".", "-whole.squashfs");
    }

    /** The second file of a split image. */
    Path squashfs() throws IOException, InterruptedException {
        return squashed("rootfs", ".squashfs");
    }

    private Path squashed(String what, String suffix) throws IOException, InterruptedException {
        Path file = beside(suffix);
        RealTool.named("mksquashfs").run(folder, what, file.toString(), "-all-root", "-no-progress", "-comp", "gzip");
        return file;
    }

    /** The fingerprint of an image of these files, in this order. */
    static String fingerprint(Path... files) throws IOException {
        byte[][] contents = new byte[files.length][];
        for (int i = 0; i < files.length; i++) {
            contents[i] = Files.readAllBytes(files[i]);
        }
        return ImageFixtures.fingerprint(contents);
    }

    private Path beside(String suffix) {
        return folder.resolveSibling(folder.getFileName() + suffix);
    }

    private void add(TarBuilder tar, Path entry) throws IOException {
        String name = folder.relativize(entry).toString();
        if (Files.isSymbolicLink(entry)) {
            tar.symbolicLink(name, Files.readSymbolicLink(entry).toString());
        } else if (Files.isDirectory(entry)) {
            tar.directory(name + "/");
        } else {
            tar.file(name, Files.readAllBytes(entry));
        }
    }

    private static void layOut(Path rootfs) throws IOException {
        for (String name : List.of("bin", "sbin", "etc", "dev", "proc", "sys", "tmp", "root", "var", "usr")) {
            Files.createDirectory(rootfs.resolve(name));
        }
        Path busybox = RealTool.named("busybox").program();
        Files.copy(busybox, rootfs.resolve("bin/busybox"));
        for (String applet : APPLETS) {
            Files.createSymbolicLink(rootfs.resolve("bin").resolve(applet), Path.of("busybox"));
        }
        Files.createSymbolicLink(rootfs.resolve("sbin/init"), Path.of("../bin/busybox"));
        Files.writeString(rootfs.resolve("etc/inittab"), INITTAB);
    }
}
