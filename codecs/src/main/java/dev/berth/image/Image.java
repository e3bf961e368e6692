package dev.berth.image;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One image record of one project: everything the catalog knows about it.
 *
 * <p>The same fingerprint in two projects is two records that share their blobs.
 *
 * @param project the project that owns the record
 * @param fingerprint the identity
 * @param type container or virtual machine
 * @param architecture the kernel personality it needs
 * @param visible true when anybody may see and download it ({@code public} on the wire)
 * @param autoUpdate true when it follows its source
 * @param cached true when it was fetched for a use, and may be forgotten when unused
 * @param filename what the uploader called it; never used as a path
 * @param properties sorted key/value texts, never null
 * @param aliases its names, never null
 * @param profiles names of the profiles instances get by default
 * @param files its one or two files, metadata first
 * @param createdAt {@code creation_date} of its metadata
 * @param uploadedAt when it was kept here
 * @param lastUsedAt when it was last used, or {@link Image#NEVER_USED}
 * @param expiresAt end of life, or {@link Image#NEVER_EXPIRES}
 * @param source where it is updated from, or null
 */
public record Image(
        String project,
        Fingerprint fingerprint,
        ImageType type,
        Architecture architecture,
        boolean visible,
        boolean autoUpdate,
        boolean cached,
        String filename,
        Map<String, String> properties,
        List<Alias> aliases,
        List<String> profiles,
        List<ImageFile> files,
        Instant createdAt,
        Instant uploadedAt,
        Instant lastUsedAt,
        Instant expiresAt,
        UpdateSource source) {

    /** "Never used" on the wire: {@code 0001-01-01T00:00:00Z}. */
    public static final Instant NEVER_USED = Instant.parse("0001-01-01T00:00:00Z");
    /** "Never expires" on the wire: {@code 1970-01-01T00:00:00Z}. */
    public static final Instant NEVER_EXPIRES = Instant.EPOCH;

    public Image {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
        aliases = List.copyOf(aliases);
        profiles = List.copyOf(profiles);
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("an image needs at least one file");
        }
    }

    /** Bytes of all files together. */
    public long size() {
        return files.stream().mapToLong(ImageFile::size).sum();
    }

    /** Since when nobody used it: its last use, or its arrival when there was none (rest-api 6.2). */
    public Instant idleSince() {
        return lastUsedAt.equals(NEVER_USED) ? uploadedAt : lastUsedAt;
    }

    /** True when metadata and rootfs are two files. */
    public boolean isSplit() {
        return files.size() > 1;
    }
}
