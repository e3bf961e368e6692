package dev.berth.simplestreams;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The file kinds that make images, by their {@code ftype} (formats 3.4). Root kinds stand in LXD's order of preference. */
public enum ItemKind {
    SQUASHFS("squashfs", "combined_squashfs_sha256"),
    ROOT_TAR("root.tar.xz", "combined_rootxz_sha256"),
    DISK_KVM("disk-kvm.img", "combined_disk-kvm-img_sha256"),
    UEFI1("uefi1.img", "combined_uefi1-img_sha256"),
    DISK1("disk1.img", "combined_disk1-img_sha256"),
    LXD_METADATA("lxd.tar.xz", ""),
    INCUS_METADATA("incus.tar.xz", ""),
    LXD_UNIFIED("lxd_combined.tar.gz", ""),
    INCUS_UNIFIED("incus_combined.tar.gz", ""),
    SQUASHFS_DELTA("squashfs.vcdiff", ""),
    DISK_KVM_DELTA("disk-kvm.img.vcdiff", "");

    /** Before there was a choice of roots, the one combined hash was that of the tar. */
    public static final String OLD_COMBINED = "combined_sha256";

    private static final Map<String, ItemKind> BY_FTYPE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ItemKind::ftype, Function.identity()));

    private final String ftype;
    private final String combinedField;

    ItemKind(String ftype, String combinedField) {
        this.ftype = ftype;
        this.combinedField = combinedField;
    }

    public static Optional<ItemKind> of(String ftype) {
        return Optional.ofNullable(BY_FTYPE.get(ftype));
    }

    public String ftype() {
        return ftype;
    }

    /** The field of the metadata item that has the fingerprint of metadata and this root; empty for other kinds. */
    public String combinedField() {
        return combinedField;
    }

    public boolean isRoot() {
        return !combinedField.isEmpty();
    }

    public boolean isDisk() {
        return this == DISK_KVM || this == UEFI1 || this == DISK1;
    }

    boolean isMetadata() {
        return this == LXD_METADATA || this == INCUS_METADATA;
    }

    boolean isUnified() {
        return this == LXD_UNIFIED || this == INCUS_UNIFIED;
    }

    boolean isDelta() {
        return this == SQUASHFS_DELTA || this == DISK_KVM_DELTA;
    }

    /** True for kinds that only Incus' clients read. */
    boolean isIncus() {
        return this == INCUS_METADATA || this == INCUS_UNIFIED;
    }

    /** The delta kind that makes this root, or null when there is none. */
    ItemKind delta() {
        if (this == SQUASHFS) {
            return SQUASHFS_DELTA;
        }
        return this == DISK_KVM ? DISK_KVM_DELTA : null;
    }
}
