package dev.berth.simplestreams;

import static dev.berth.simplestreams.StreamFixture.item;
import static dev.berth.simplestreams.StreamFixture.product;
import static dev.berth.simplestreams.StreamFixture.products;
import static dev.berth.simplestreams.StreamFixture.read;
import static dev.berth.simplestreams.StreamFixture.sha;
import static dev.berth.simplestreams.StreamFixture.unified;
import static dev.berth.simplestreams.StreamFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedDelta;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.image.Image;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The image record made from a stream's entry (formats 3.5) and its deltas (formats 6). */
final class StreamImageTest {
    @Test
    @DisplayName("formats fact 109: properties come from the stream, empty ones do not exist")
    void properties_come_from_the_stream() throws IOException {
        assertThat(StreamFixture.sample().offer("noble/cloud").properties()).isEqualTo(Map.of(
                "os", "Ubuntu", "release", "noble", "version", "24.04", "architecture", "amd64",
                "serial", "20260821_0742", "variant", "cloud", "type", "squashfs", "requirements.secureboot", "false",
                "description", "Ubuntu 24.04 LTS amd64 (20260821_0742)"));
    }

    @Test
    void a_unified_image_is_of_type_tar_gz_and_shows_its_label() throws IOException {
        Map<String, String> properties = StreamFixture.sample().offer("alpine/3.22").properties();

        assertThat(properties).containsEntry("type", "tar.gz").containsEntry("label", "release")
                .containsEntry("description", "Alpine 3.22 arm64 (release) (20260821_1300)");
    }

    @ParameterizedTest
    @CsvSource({
        "20260821_0742, 2026-08-21T07:42:00Z", "20260821, 2026-08-21T00:00:00Z", "20260821_07:42, 2026-08-21T00:00:00Z",
        "20260821_2599, 2026-08-21T00:00:00Z", "202608210742, 2026-08-21T00:00:00Z"})
    @DisplayName("formats fact 99: the time of day counts when the serial is exactly YYYYMMDD_HHMM")
    void created_is_the_time_of_the_serial(String serial, String created) throws IOException {
        StreamFixture read = read(products(product("p", "'aliases': 'x'", unified(serial, 'a'))));

        assertThat(read.offer("x").createdAt()).isEqualTo(Instant.parse(created));
    }

    @Test
    @DisplayName("formats fact 100: support_eol is the expiry")
    void support_eol_is_the_expiry() throws IOException {
        assertThat(StreamFixture.sample().offer("noble/cloud").expiresAt()).isEqualTo(Instant.parse("2029-05-31T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'support_eol': '2029-02-31'", "'support_eol': 'soon'", "'support_eol': '2029'", "'release': 'x'"})
    @DisplayName("formats fact 100: without a proper support_eol it never expires")
    void a_bad_support_eol_is_never(String field) throws IOException {
        StreamFixture read = read(products(product("p", "'aliases': 'x', " + field, unified("20260821", 'a'))));

        assertThat(read.offer("x").expiresAt()).isEqualTo(Image.NEVER_EXPIRES);
    }

    @Test
    @DisplayName("formats 3.3: lxd_requirements come first for LXD's items, Incus' items know requirements only")
    void requirements_depend_on_the_vocabulary() throws IOException {
        String fields = "'lxd_requirements': {'a': '1'}, 'requirements': {'b': '2'}";
        String incus = version("20260822", item("incus_combined.tar.gz", "'sha256': '" + sha('b') + "'"));

        StreamFixture read = read(products(product("p", fields, unified("20260821", 'a'), incus)));

        assertThat(read.offer(sha('a')).properties()).containsEntry("requirements.a", "1").doesNotContainKey("requirements.b");
        assertThat(read.offer(sha('b')).properties()).containsEntry("requirements.b", "2").doesNotContainKey("requirements.a");
    }

    @Test
    @DisplayName("formats facts 137 and 140: the root is offered with its delta, its base's hash and its own")
    void a_delta_is_offered_with_its_base() throws IOException {
        Offer offer = StreamFixture.sample().offer("noble/cloud");

        OfferedFile root = offer.files().get(1);
        assertThat(root.sha256()).isEqualTo("8ffc0cc3d760d98522538680403fdf260ff835ea596967b6b60d75fb1760c9db");
        assertThat(root.deltas()).containsExactly(new OfferedDelta(
                "images/ubuntu/noble/amd64/cloud/20260821_0742/delta-20260820_0742.vcdiff", 238,
                "3fce65b5f82bf0ee24f08d53819f603bea6056ec6c02443a7db83ccbddd919f9",
                "a68d87f03fcbf1417c39bf599b519dda56b8466bbee7f8b32051410bbae24c9d"));
        assertThat(offer.files().get(0).deltas()).isEmpty();
    }

    @Test
    @DisplayName("formats fact 139: a delta whose base is no longer listed is ignored")
    void a_delta_without_its_base_is_ignored() throws IOException {
        assertThat(deltasOf("'delta_base': '20260101'")).isEmpty();
        assertThat(deltasOf("'x': 1")).isEmpty();
    }

    @Test
    @DisplayName("formats 6: a disk's delta starts from the base's disk, never from its squashfs; the smallest comes first")
    void deltas_start_from_the_same_kind() throws IOException {
        assertThat(deltasOf("'delta_base': '20260820'")).extracting(OfferedDelta::base).containsExactly(sha('e'));

        String two = "'d1': " + delta("big", 500) + ", 'd2': " + delta("small", 5);
        assertThat(deltasOf("'delta_base': '20260820'", two)).extracting(OfferedDelta::size).containsExactly(5L, 10L, 500L);
    }

    private static String delta(String path, int size) {
        return "{'ftype': 'disk-kvm.img.vcdiff', 'path': '" + path + "', 'size': " + size + ", 'sha256': '" + sha('9')
                + "', 'delta_base': '20260820'}";
    }

    private static List<OfferedDelta> deltasOf(String deltaFields, String... more) throws IOException {
        String roots = item("squashfs", "'sha256': '" + sha('d') + "'") + "," + item("disk-kvm.img", "'sha256': '" + sha('e') + "'");
        String metadata = item("lxd.tar.xz", "'sha256': '" + sha('1') + "', 'combined_disk-kvm-img_sha256': '" + sha('2') + "'");
        String delta = item("disk-kvm.img.vcdiff", "'sha256': '" + sha('8') + "', " + deltaFields);
        String items = String.join(",", Stream.concat(Stream.of(metadata, roots, delta), Stream.of(more)).toList());
        StreamFixture read = read(products(product("p", "'aliases': 'x'", version("20260821", items), version("20260820", roots))));
        return read.offer("x").files().get(1).deltas();
    }
}
