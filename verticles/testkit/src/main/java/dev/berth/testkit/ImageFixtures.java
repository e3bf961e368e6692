package dev.berth.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Small whole images of every packaging (formats 1.1). Equal calls give equal bytes, and so equal fingerprints. */
public final class ImageFixtures {
    /** A complete metadata.yaml: Alpine 3.20 for amd64, created on 21 August 2026, never expiring, one template. */
    public static final String METADATA = """
            architecture: x86_64
            creation_date: 1787298120
            properties:
              os: Alpine
              release: 3.20
              architecture: amd64
              description: Alpine 3.20 amd64 (20260821_0742)
              serial: "20260821_0742"
            templates:
              /etc/hostname:
                when: [create, copy]
                template: hostname.tpl
            """;

    private static final byte[] QCOW2_MAGIC = {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3};
    private static final String TEMPLATE = "{{ container.name }}\n";

    private ImageFixtures() {}

    /** A container image in one file, with {@link #METADATA}. */
    public static byte[] unified(Packing packing) {
        return unified(packing, METADATA);
    }

    /** A container image in one file. */
    public static byte[] unified(Packing packing, String metadata) {
        return packing.pack(head(metadata).directory("rootfs/").directory("rootfs/etc/")
                .file("rootfs/etc/os-release", "NAME=Alpine\n").build());
    }

    /** A container image in one file whose bytes differ from those of other {@code names}. */
    public static byte[] unifiedNamed(Packing packing, String name) {
        return unified(packing, METADATA.replace("serial: \"20260821_0742\"", "serial: \"20260821_0742\"\n  name: " + name));
    }

    /** A virtual-machine image in one file. */
    public static byte[] unifiedMachine(Packing packing) {
        return packing.pack(head(METADATA).file("rootfs.img", qcow2(4096)).build());
    }

    /** The first file of a split image, with {@link #METADATA}. */
    public static byte[] metadataTarball(Packing packing) {
        return metadataTarball(packing, METADATA);
    }

    /** The first file of a split image. */
    public static byte[] metadataTarball(Packing packing, String metadata) {
        return packing.pack(head(metadata).build());
    }

    /** The second file of a split container image: a tree at its root. */
    public static byte[] rootfsTarball(Packing packing) {
        return packing.pack(TarBuilder.tar().directory("./").directory("./etc/")
                .file("./etc/os-release", "NAME=Alpine\n").build());
    }

    /** Something that starts like a squashfs; enough for every reader that only sniffs. */
    public static byte[] squashfsLike(int size) {
        return startingWith("hsqs".getBytes(StandardCharsets.US_ASCII), size);
    }

    /** Something that starts like a qcow2 disk. */
    public static byte[] qcow2(int size) {
        return startingWith(QCOW2_MAGIC, size);
    }

    /** The fingerprint of an image of one file, or of two in this order: 64 hex digits. */
    public static String fingerprint(byte[]... files) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            Arrays.stream(files).forEach(sha256::update);
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TarBuilder head(String metadata) {
        return TarBuilder.tar().file("metadata.yaml", metadata).directory("templates/")
                .file("templates/hostname.tpl", TEMPLATE);
    }

    /** A pattern that no compression makes vanish, behind the given start. */
    private static byte[] startingWith(byte[] start, int size) {
        byte[] bytes = new byte[Math.max(size, start.length)];
        int state = 1;
        for (int i = 0; i < bytes.length; i++) {
            state = state * 1_103_515_245 + 12_345;
            bytes[i] = (byte) (state >> 16);
        }
        System.arraycopy(start, 0, bytes, 0, start.length);
        return bytes;
    }
}
