package dev.berth.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.HashContract.Digests;
import dev.berth.contract.HashContract.FileDigest;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.StreamLabels;
import dev.berth.format.Compression;
import dev.berth.format.Inspection;
import dev.berth.format.Metadata;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AssemblyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant CREATED = Instant.parse("2026-08-21T07:42:00Z");
    private static final Fingerprint WHOLE = new Fingerprint("a".repeat(64));
    private static final Fingerprint OTHER = new Fingerprint("b".repeat(64));
    private static final BlobId FIRST = new BlobId("c".repeat(64));
    private static final BlobId SECOND = new BlobId("d".repeat(64));

    @Test
    void a_unified_image_takes_its_type_from_what_its_archive_holds() {
        Image image = assembled(claims(null), unified(Optional.of(ImageType.VIRTUAL_MACHINE)));

        assertThat(image.type()).isEqualTo(ImageType.VIRTUAL_MACHINE);
        assertThat(image.files()).containsExactly(new ImageFile(ImageFile.Role.UNIFIED, FIRST, 100, ".tar.xz"));
        assertThat(image.createdAt()).isEqualTo(CREATED);
        assertThat(image.uploadedAt()).isEqualTo(NOW);
        assertThat(image.lastUsedAt()).isEqualTo(Image.NEVER_USED);
        assertThat(image.expiresAt()).isEqualTo(Image.NEVER_EXPIRES);
        assertThat(image.profiles()).containsExactly("default");
    }

    @Test
    @DisplayName("formats fact 6: a unified archive without a root is no image")
    void a_unified_archive_without_a_root_is_refused() {
        assertThat(refusal(claims(null), unified(Optional.empty()))).isEqualTo("Invalid instance type");
    }

    @Test
    @DisplayName("formats fact 39: the part's name makes a split image a virtual machine")
    void a_split_image_takes_its_type_from_the_name_of_its_second_part() {
        Image image = assembled(claims(null), split("rootfs.img", "disk.qcow2"));

        assertThat(image.type()).isEqualTo(ImageType.VIRTUAL_MACHINE);
        assertThat(image.files())
                .containsExactly(
                        new ImageFile(ImageFile.Role.METADATA, FIRST, 100, ".tar.xz"),
                        new ImageFile(ImageFile.Role.ROOTFS_IMG, SECOND, 200, ".squashfs"));
        assertThat(image.filename()).as("the second part's file name wins").isEqualTo("disk.qcow2");
    }

    @Test
    @DisplayName("rest-api 98: a second part called otherwise is refused")
    void a_second_part_called_otherwise_is_refused() {
        assertThat(refusal(claims(null), split("disk", "x"))).isEqualTo("Invalid multipart image");
    }

    @Test
    @DisplayName("rest-api 112: a claimed fingerprint must be the real one")
    void a_wrong_claimed_fingerprint_names_both() {
        assertThat(refusal(claims(OTHER), unified(Optional.of(ImageType.CONTAINER))))
                .isEqualTo("Fingerprints do not match, got " + WHOLE + " expected " + OTHER);
    }

    @Test
    @DisplayName("rest-api 107: claimed properties are laid over those of the metadata")
    void claimed_properties_win_over_those_of_the_metadata() {
        Image image = assembled(claims(WHOLE), unified(Optional.of(ImageType.CONTAINER)));

        assertThat(image.properties()).containsExactly(Map.entry("os", "claimed"), Map.entry("release", "12"));
    }

    private static Image assembled(Claims claims, Receipt receipt) {
        return of(claims, receipt).fold(image -> image, refused -> {
            throw new AssertionError("refused: " + refused.text());
        });
    }

    private static String refusal(Claims claims, Receipt receipt) {
        return of(claims, receipt).fold(image -> "assembled " + image, Refused::text);
    }

    private static Answer<Image> of(Claims claims, Receipt receipt) {
        return Assembly.of(new Arrive("ticket", "default", List.of("stream"), claims), receipt, NOW);
    }

    private static Claims claims(Fingerprint expected) {
        return new Claims(
                "upload.tar.xz",
                false,
                false,
                false,
                Map.of("os", "claimed"),
                null,
                List.of(),
                expected,
                null,
                null,
                Requestor.BERTH,
                false);
    }

    private static Receipt unified(Optional<ImageType> type) {
        return new Receipt(List.of(), digests(), inspection(type), null);
    }

    private static Receipt split(String part, String filename) {
        Receipt.Rootfs rootfs = new Receipt.Rootfs(
                ".squashfs", Map.of(StreamLabels.PART, part, StreamLabels.FILENAME, filename));
        return new Receipt(List.of(), digests(), inspection(Optional.empty()), rootfs);
    }

    private static Digests digests() {
        return new Digests(List.of(new FileDigest(FIRST, 100), new FileDigest(SECOND, 200)), WHOLE);
    }

    private static Inspection inspection(Optional<ImageType> type) {
        Metadata metadata = new Metadata(
                Architecture.X86_64,
                CREATED,
                Image.NEVER_EXPIRES,
                Map.of("os", "debian", "release", "12"),
                Map.of());
        return new Inspection(Compression.XZ, metadata, type, List.of());
    }
}
