package dev.berth.format;

import static dev.berth.format.Inspecting.inspect;
import static dev.berth.format.Inspecting.refusal;
import static dev.berth.testkit.ImageFixtures.METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.image.Architecture;
import dev.berth.image.ImageType;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.TarBuilder;
import dev.berth.testkit.TarBuilder.Flavour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be inside an image, by the numbered facts of the format contract. */
final class ImageFactsTest {

    @Test
    @DisplayName("formats fact 1: a plain PAX tar with metadata.yaml and rootfs/ is a container")
    void a_plain_pax_tar_is_a_container() throws Exception {
        byte[] image = TarBuilder.tar().pax("mtime", "1787298120.5").file("metadata.yaml", METADATA)
                .pax("SCHILY.xattr.user.note", "a=b\nc").directory("rootfs/").file("rootfs/x", "y").build();

        Inspection found = inspect(image);

        assertThat(found.compression()).isEqualTo(Compression.TAR);
        assertThat(found.rootType()).contains(ImageType.CONTAINER);
        assertThat(found.metadata().architecture()).isEqualTo(Architecture.X86_64);
        assertThat(found.metadata().createdAt()).isEqualTo(Instant.ofEpochSecond(1787298120));
        assertThat(found.metadata().properties()).containsEntry("release", "3.20").containsEntry("os", "Alpine");
        assertThat(found.warnings()).isEmpty();
    }

    @Test
    @DisplayName("formats fact 2: every name may start with ./")
    void names_may_start_with_a_dot() throws Exception {
        byte[] container = TarBuilder.tar().directory("./").file("./metadata.yaml", METADATA).directory("./rootfs/").build();
        byte[] machine = TarBuilder.tar().file("./metadata.yaml", METADATA).file("./rootfs.img", "QFI").build();

        assertThat(inspect(container).rootType()).contains(ImageType.CONTAINER);
        assertThat(inspect(machine).rootType()).contains(ImageType.VIRTUAL_MACHINE);
    }

    @Test
    @DisplayName("formats fact 3: metadata.yaml may be the last entry")
    void metadata_may_come_last() throws Exception {
        byte[] image = TarBuilder.tar().directory("rootfs/").file("rootfs/big", new byte[300_001])
                .file("metadata.yaml", METADATA).build();

        assertThat(inspect(image).metadata().architecture()).isEqualTo(Architecture.X86_64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/metadata.yaml", "/metadata.yaml", "././metadata.yaml", "metadata.yaml.bak", "Metadata.yaml"})
    @DisplayName("formats fact 4: metadata.yaml counts only at the top")
    void metadata_elsewhere_is_not_found(String name) {
        byte[] image = TarBuilder.tar().file(name, METADATA).directory("rootfs/").build();

        assertThat(refusal(image)).isEqualTo("Metadata tarball is missing metadata.yaml");
    }

    @Test
    @DisplayName("formats fact 5: of two metadata.yaml before any root the last one counts")
    void the_last_metadata_before_the_root_counts() throws Exception {
        byte[] image = TarBuilder.tar().file("metadata.yaml", METADATA)
                .file("./metadata.yaml", "architecture: s390x\ncreation_date: 7\n").directory("rootfs/").build();

        assertThat(inspect(image).metadata().architecture()).isEqualTo(Architecture.S390X);
    }

    @Test
    @DisplayName("formats fact 5: what comes after metadata and root is not looked at")
    void a_second_metadata_after_the_stop_is_not_seen() throws Exception {
        byte[] image = TarBuilder.tar().file("metadata.yaml", METADATA).directory("rootfs/")
                .symbolicLink("metadata.yaml", "/etc/passwd").build();

        assertThat(inspect(image).metadata().architecture()).isEqualTo(Architecture.X86_64);
    }

    @Test
    @DisplayName("formats fact 6: without a root there is no type, so that the taker can say \"Invalid instance type\"")
    void without_a_root_there_is_no_type() throws Exception {
        assertThat(inspect(ImageFixtures.metadataTarball(Packing.PLAIN)).rootType()).isEmpty();
    }

    @Test
    @DisplayName("formats fact 7: a file, or a directory entry without its slash, named rootfs is no root")
    void a_member_named_rootfs_is_no_root() throws Exception {
        byte[] file = TarBuilder.tar().file("metadata.yaml", METADATA).file("rootfs", "x").build();
        byte[] bare = TarBuilder.tar().file("metadata.yaml", METADATA).directory("rootfs").build();

        assertThat(inspect(file).rootType()).isEmpty();
        assertThat(inspect(bare).rootType()).isEmpty();
    }

    @Test
    @DisplayName("formats fact 8: rootfs.img at the top makes a virtual machine")
    void a_disk_makes_a_virtual_machine() throws Exception {
        byte[] elsewhere = TarBuilder.tar().file("metadata.yaml", METADATA).file("x/rootfs.img", "QFI").build();

        assertThat(inspect(ImageFixtures.unifiedMachine(Packing.PLAIN)).rootType()).contains(ImageType.VIRTUAL_MACHINE);
        assertThat(inspect(elsewhere).rootType()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Packing.class, names = "LZ4", mode = Mode.EXCLUDE)
    @DisplayName("formats fact 9: gzip, bzip2, xz, LZMA_ALONE, zstd and none are accepted")
    void every_compression_is_read(Packing packing) throws Exception {
        Inspection container = inspect(ImageFixtures.unified(packing));
        Inspection machine = inspect(ImageFixtures.unifiedMachine(packing));

        assertThat(container.compression().extension()).isEqualTo(packing.extension());
        assertThat(container.rootType()).contains(ImageType.CONTAINER);
        assertThat(machine.rootType()).contains(ImageType.VIRTUAL_MACHINE);
    }

    @Test
    @DisplayName("formats fact 10: lz4 frames are refused by LXD's rules and read by Incus'")
    void lz4_is_only_for_incus() throws Exception {
        byte[] image = ImageFixtures.unified(Packing.LZ4);

        assertThat(refusal(image)).isEqualTo("Unsupported compression");
        assertThat(inspect(image, Dialect.INCUS).compression()).isEqualTo(Compression.LZ4);
    }

    @Test
    @DisplayName("formats fact 11: gzip in several members is one archive")
    void gzip_members_are_joined() throws Exception {
        byte[] tar = metadataLast();
        byte[] members = joined(
                Packing.GZIP.pack(Arrays.copyOf(tar, 700)),
                Packing.GZIP.pack(new byte[0]),
                Packing.GZIP.pack(Arrays.copyOfRange(tar, 700, tar.length)));

        assertThat(inspect(members).metadata().architecture()).isEqualTo(Architecture.X86_64);
        assertThat(ImageInspector.inspect(new TricklingStream(members), InspectLimits.DEFAULTS, Dialect.LXD).rootType())
                .contains(ImageType.CONTAINER);
    }

    @Test
    @DisplayName("formats fact 12: garbage after gzip is ignored")
    void garbage_after_gzip_is_ignored() throws Exception {
        byte[] garbage = new byte[1000];
        new Random(12).nextBytes(garbage);
        byte[] image = joined(ImageFixtures.metadataTarball(Packing.GZIP), garbage);

        assertThat(inspect(image).metadata().architecture()).isEqualTo(Architecture.X86_64);
    }

    @ParameterizedTest
    @EnumSource(value = Flavour.class, names = {"GNU", "USTAR"})
    @DisplayName("formats fact 13: GNU and ustar archives are accepted")
    void gnu_and_ustar_are_read(Flavour flavour) throws Exception {
        byte[] image = TarBuilder.of(flavour).file("metadata.yaml", METADATA).directory("rootfs/").build();

        assertThat(inspect(image).rootType()).contains(ImageType.CONTAINER);
    }

    @Test
    @DisplayName("formats fact 13: GNU long names are read")
    void gnu_long_names_are_read() throws Exception {
        byte[] image = TarBuilder.of(Flavour.GNU).gnuLongName("rootfs/" + "d".repeat(3000)).file("rootfs-cut", "x")
                .gnuLongName("metadata.yaml").file("short", METADATA).build();

        assertThat(inspect(image).rootType()).contains(ImageType.CONTAINER);
    }

    @Test
    @DisplayName("formats fact 14: a V7 tar is refused plain and accepted within gzip")
    void v7_needs_a_wrapping() throws Exception {
        byte[] tar = TarBuilder.of(Flavour.V7).file("metadata.yaml", METADATA).header("rootfs/", '\0', 0).build();

        assertThat(refusal(tar)).isEqualTo("Unsupported compression");
        assertThat(inspect(Packing.GZIP.pack(tar)).rootType()).contains(ImageType.CONTAINER);
    }

    @Test
    @DisplayName("formats fact 15: an empty upload is answered EOF")
    void nothing_is_answered_eof() {
        assertThat(refusal(new byte[0])).isEqualTo("EOF");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 262, 263, 5000})
    @DisplayName("formats fact 16: a short or random upload is an unsupported compression")
    void garbage_is_an_unsupported_compression(int size) {
        byte[] garbage = new byte[size];
        new Random(16).nextBytes(garbage);

        assertThat(refusal(garbage)).isEqualTo("Unsupported compression");
    }

    @Test
    @DisplayName("formats 1.3: a disk alone is no image")
    void a_disk_alone_is_no_image() {
        assertThat(refusal(ImageFixtures.qcow2(10_000))).isEqualTo("Unsupported compression");
    }

    @Test
    @DisplayName("formats fact 29: metadata.yaml above 1 MiB is refused without being read")
    void metadata_above_the_cap_is_refused_unread() {
        byte[] image = TarBuilder.tar().header("metadata.yaml", '0', 1 << 21).unfinished();

        assertThat(refusal(image)).contains("1048576");
    }

    @Test
    @DisplayName("formats fact 29: metadata.yaml of exactly 1 MiB is read")
    void metadata_at_the_cap_is_read() throws Exception {
        String padded = METADATA + "#" + "x".repeat((1 << 20) - METADATA.length() - 1);

        assertThat(inspect(ImageFixtures.metadataTarball(Packing.ZSTD, padded)).metadata().properties()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '4', '5', '6', '7', 'S', 'V', 'Z'})
    @DisplayName("formats fact 30: metadata.yaml must be a plain file")
    void metadata_that_is_no_file_is_refused(char type) {
        byte[] image = TarBuilder.tar().header("metadata.yaml", type, 0).file("metadata.yaml", METADATA).build();

        assertThat(refusal(image)).isEqualTo("Cannot read non-regular file \"metadata.yaml\"");
    }

    @Test
    @DisplayName("formats fact 30: a symlinked metadata.yaml is refused, wherever it points")
    void a_linked_metadata_is_refused() {
        byte[] image = TarBuilder.tar().file("real.yaml", METADATA).symbolicLink("./metadata.yaml", "real.yaml").build();

        assertThat(refusal(image)).isEqualTo("Cannot read non-regular file \"metadata.yaml\"");
    }

    @Test
    @DisplayName("formats fact 33: a rule whose template is absent is legal")
    void a_missing_template_is_legal() throws Exception {
        byte[] image = TarBuilder.tar().file("metadata.yaml", METADATA).directory("rootfs/").build();

        assertThat(inspect(image).metadata().templates()).containsKey("/etc/hostname");
    }

    @Test
    @DisplayName("reliability S14: a template that is a symbolic link is refused with its rule")
    void a_linked_template_is_refused() {
        byte[] image = TarBuilder.tar().directory("templates/").symbolicLink("templates/hostname.tpl", "/etc/shadow")
                .file("metadata.yaml", METADATA).build();

        assertThat(refusal(image)).contains("\"/etc/hostname\"").contains("symbolic link");
    }

    @Test
    @DisplayName("reliability S12: a sparse metadata.yaml is refused")
    void a_sparse_metadata_is_refused() {
        byte[] image = TarBuilder.tar().pax("GNU.sparse.name", "metadata.yaml").file("GNUSparseFile.0/metadata.yaml", METADATA).build();

        assertThat(refusal(image)).contains("sparse");
    }

    @Test
    void odd_but_legal_metadata_is_warned_about() throws Exception {
        String odd = METADATA.replace("create, copy", "creation").replace("/etc/hostname", "etc/hostname");

        assertThat(inspect(ImageFixtures.metadataTarball(Packing.PLAIN, odd)).warnings())
                .anyMatch(warning -> warning.contains("never fires")).anyMatch(warning -> warning.contains("absolute path"));
    }

    @Test
    @DisplayName("formats fact 47: each file of a split image has a compression of its own")
    void files_of_a_split_image_are_judged_alone() throws Exception {
        byte[] metadata = ImageFixtures.metadataTarball(Packing.XZ);
        byte[] rootfs = ImageFixtures.rootfsTarball(Packing.GZIP);

        assertThat(inspect(metadata).compression().extension()).isEqualTo(".tar.xz");
        assertThat(Compression.extensionOf(rootfs, Dialect.LXD)).isEqualTo(".tar.gz");
    }

    @Test
    @DisplayName("formats fact 53: what lxc publish writes is read: metadata, then rootfs without a slash, then its tree")
    void a_published_image_is_read() throws Exception {
        byte[] image = TarBuilder.tar().file("metadata.yaml", METADATA).directory("rootfs")
                .directory("rootfs/bin").file("rootfs/bin/sh", "#").directory("templates").build();

        assertThat(inspect(image).rootType()).contains(ImageType.CONTAINER);
    }

    @Test
    @DisplayName("formats facts 54-56: hard links, extended attributes, FIFOs and devices before the metadata are passed over")
    void special_members_are_passed_over() throws Exception {
        byte[] image = TarBuilder.tar().file("rootfs/a", "data").hardLink("rootfs/b", "rootfs/a")
                .pax("SCHILY.xattr.security.capability", "x\0y").file("rootfs/c", "z")
                .header("rootfs/fifo", '6', 0).header("rootfs/null", '3', 0).header("rootfs/sda", '4', 0)
                .file("metadata.yaml", METADATA).build();

        assertThat(inspect(image).rootType()).contains(ImageType.CONTAINER);
    }

    @Test
    @DisplayName("formats fact 57: a PAX path takes the place of the header's name")
    void a_pax_path_replaces_the_name() throws Exception {
        byte[] image = TarBuilder.tar().pax("path", "rootfs/" + "long/".repeat(60) + "file").file("rootfs-cut", "x")
                .pax("path", "metadata.yaml").file("elsewhere", METADATA).build();

        assertThat(inspect(image).rootType()).contains(ImageType.CONTAINER);
    }

    @Test
    @DisplayName("formats 1.2 row 7: a squashfs says that it needs a file")
    void a_squashfs_needs_a_file() {
        assertThatThrownBy(() -> inspect(ImageFixtures.squashfsLike(10_000))).isInstanceOf(NeedsFile.class);
    }

    @Test
    void reading_stops_behind_metadata_and_root() throws Exception {
        byte[] image = TarBuilder.tar().file("metadata.yaml", METADATA).directory("rootfs/").unfinished();
        TricklingStream source = new TricklingStream(joined(image, new byte[1 << 20]));

        ImageInspector.inspect(source, InspectLimits.DEFAULTS, Dialect.LXD);

        assertThat(source.taken()).isLessThan(70_000);
        assertThat(source.isClosed()).as("the source belongs to the caller").isFalse();
    }

    @Test
    void a_broken_source_is_not_the_images_fault() {
        byte[] image = ImageFixtures.metadataTarball(Packing.GZIP);
        IOException cut = new IOException("connection reset");

        assertThatThrownBy(() -> ImageInspector.inspect(
                        new TricklingStream(Arrays.copyOf(image, 200), cut), InspectLimits.DEFAULTS, Dialect.LXD))
                .isSameAs(cut);
    }

    private static byte[] metadataLast() {
        return TarBuilder.tar().directory("rootfs/").file("rootfs/a", "b").file("metadata.yaml", METADATA).build();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(whole::writeBytes);
        return whole.toByteArray();
    }
}
