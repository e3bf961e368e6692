package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.TarBuilder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Uploads that are no images, through the real service: LXD's text, and nothing stays behind. */
@DisplayName("reliability S02, S11, S12, S14, S34; formats 1.3")
@Timeout(120)
class BadImageTest {
    private static final String METADATA = ImageFixtures.METADATA;

    @TempDir
    static Path folder;

    private static RunningBerth berth;
    private static RawClient client;
    private static Images images;
    private static byte[] kept;
    private Remains before;

    @BeforeAll
    static void start() throws Exception {
        berth = RunningBerth.in(folder.resolve("data"), Map.of("store.delete-grace", "20ms"));
        client = new RawClient(berth.unixSocket());
        images = new Images(client);
        kept = ImageFixtures.unified(Packing.GZIP);
        assertThat(images.upload(kept).succeeded()).isTrue();
    }

    @AfterAll
    static void stop() throws Exception {
        berth.close();
    }

    @BeforeEach
    void look() throws Exception {
        before = Remains.of(berth.data(), client);
    }

    @AfterEach
    void nothing_stays_and_the_service_answers() throws Exception {
        before.areSame();
        assertThat(client.get("/1.0").status()).isEqualTo(200);
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                arguments("zero bytes", new byte[0], "EOF"),
                arguments("random bytes", noise(100_000), "Unsupported compression"),
                arguments("zeros", new byte[100_000], "Unsupported compression"),
                arguments("lz4, which LXD does not know", ImageFixtures.unified(Packing.LZ4), "Unsupported compression"),
                arguments("a disk alone", ImageFixtures.qcow2(70_000), "Unsupported compression"),
                arguments("no metadata", tar(TarBuilder.tar().directory("rootfs/")),
                        "Metadata tarball is missing metadata.yaml"),
                arguments("no root", ImageFixtures.metadataTarball(Packing.XZ), "Invalid instance type"),
                arguments("metadata elsewhere", tar(TarBuilder.tar().file("/metadata.yaml", METADATA).directory("rootfs/")),
                        "Metadata tarball is missing metadata.yaml"),
                arguments("unknown architecture", with(METADATA.replace("x86_64", "vax")),
                        "Architecture isn't supported: vax"),
                arguments("no creation date", with(METADATA.replaceFirst("creation_date.*\n", "")), "Missing creation date"),
                arguments("a symbolic link", tar(TarBuilder.tar().symbolicLink("metadata.yaml", "/etc/passwd")
                        .directory("rootfs/")), "Cannot read non-regular file \"metadata.yaml\""),
                arguments("a hard link", tar(TarBuilder.tar().hardLink("metadata.yaml", "../../etc/passwd")
                        .directory("rootfs/")), "Cannot read non-regular file \"metadata.yaml\""),
                arguments("a directory", tar(TarBuilder.tar().directory("metadata.yaml/").directory("rootfs/")),
                        "Metadata tarball is missing metadata.yaml"),
                arguments("2 MiB of metadata", with(METADATA + "# " + "x".repeat(2 << 20) + "\n"), "1048576"),
                arguments("8 EiB of metadata", tar(TarBuilder.tar().header("metadata.yaml", '0', Long.MAX_VALUE)),
                        "metadata.yaml has 9223372036854775807 bytes, at most 1048576 are read"),
                arguments("nothing in the metadata", with(""), "EOF"),
                arguments("a list for metadata", with("- one\n- two\n"), "cannot unmarshal !!seq"),
                arguments("a template outside", with(METADATA.replace("hostname.tpl", "../../etc/passwd")), "template"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flaws")
    void an_image_with_a_flaw_is_refused_in_words(String flaw, byte[] image, String text) throws Exception {
        Images.Outcome outcome = images.upload(image);

        assertThat(outcome.succeeded()).as(flaw).isFalse();
        assertThat(outcome.error()).as(flaw).contains(text).isNotBlank().hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void a_truncated_archive_is_refused_or_is_another_whole_image(Packing packing) throws Exception {
        byte[] image = lateMetadata(packing);
        for (int tenth = 1; tenth < 10; tenth++) {
            byte[] cut = Arrays.copyOf(image, image.length * tenth / 10);
            Images.Outcome outcome = images.upload(cut, Map.of("X-Incus-filename", "cut" + packing.extension()));

            if (tenth < 6) {
                assertThat(outcome.error()).as("%s cut to %d/10", packing, tenth)
                        .containsAnyOf("unexpected EOF", "cannot decompress the " + packing.extension());
            }
            if (outcome.succeeded()) {
                assertThat(outcome.fingerprint()).isEqualTo(ImageFixtures.fingerprint(cut));
                assertThat(images.delete(outcome.fingerprint()).succeeded()).isTrue();
            }
        }
    }

    @Test
    void bytes_that_are_not_the_promised_ones_are_refused_with_both_fingerprints() throws Exception {
        byte[] image = ImageFixtures.unifiedNamed(Packing.XZ, "promised");
        String other = "0123456789abcdef".repeat(4);
        Images.Outcome outcome = images.upload(image, Map.of("X-LXD-fingerprint", other));

        assertThat(outcome.error()).isEqualTo(
                "Fingerprints do not match, got " + ImageFixtures.fingerprint(image) + " expected " + other);
    }

    @Test
    void the_same_image_again_is_refused_and_named() throws Exception {
        Images.Outcome outcome = images.upload(kept);

        assertThat(outcome.error()).isEqualTo("Image with same fingerprint already exists");
        assertThat(outcome.fingerprint()).isEqualTo(ImageFixtures.fingerprint(kept));
        assertThat(outcome.metadata().path("size").asText()).isEqualTo(String.valueOf(kept.length));
        assertThat(images.export(outcome.fingerprint()).body()).isEqualTo(kept);
    }

    @Test
    void of_two_metadata_the_last_counts_and_the_first_may_be_anything() throws Exception {
        byte[] image = tar(TarBuilder.tar().file("metadata.yaml", METADATA.replace("Alpine", "First"))
                .file("metadata.yaml", METADATA.replace("Alpine", "Last")).directory("rootfs/"));
        Images.Outcome outcome = images.upload(image);

        assertThat(outcome.error()).isEmpty();
        String path = "/1.0/images/" + outcome.fingerprint();
        assertThat(client.get(path).metadata().path("properties").path("os").asText()).isEqualTo("Last");
        assertThat(images.delete(outcome.fingerprint()).succeeded()).isTrue();
    }

    static Stream<Arguments> forms() {
        byte[] metadata = Form.metadata("form");
        byte[] rootfs = ImageFixtures.squashfsLike(90_000);
        return Stream.of(
                arguments("out of order", new Form().part("rootfs", rootfs).part("metadata", metadata),
                        "Invalid multipart image"),
                arguments("a wrong first name", new Form().part("meta", metadata).part("rootfs", rootfs),
                        "Invalid multipart image"),
                arguments("a wrong second name", new Form().part("metadata", metadata).part("disk", rootfs),
                        "Invalid multipart image"),
                arguments("twice the metadata", new Form().part("metadata", metadata).part("metadata", metadata),
                        "Invalid multipart image"),
                arguments("the metadata alone", new Form().part("metadata", metadata), "EOF"),
                arguments("the rootfs alone", new Form().part("rootfs", rootfs), "Invalid multipart image"),
                arguments("no part", new Form(), "EOF"),
                arguments("a rootfs for metadata", new Form().part("metadata", rootfs).part("rootfs", metadata),
                        "cannot read the squashfs"),
                arguments("an empty metadata", new Form().part("metadata", new byte[0]).part("rootfs", rootfs), "EOF"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void a_form_that_is_no_split_image_is_refused(String flaw, Form form, String text) throws Exception {
        Images.Outcome outcome = images.upload(form);

        assertThat(outcome.succeeded()).as(flaw).isFalse();
        assertThat(outcome.error()).as(flaw).contains(text).isNotBlank();
    }

    @Test
    @DisplayName("formats fact 40")
    void the_root_of_a_split_image_may_be_garbage_and_comes_out_as_it_went_in() throws Exception {
        byte[] metadata = Form.metadata("garbage");
        byte[] rootfs = noise(90_000);
        Images.Outcome outcome = images.upload(Form.split(metadata, rootfs));

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.fingerprint()).isEqualTo(ImageFixtures.fingerprint(metadata, rootfs));
        assertThat(Form.contents(images.export(outcome.fingerprint()))).endsWith(rootfs);
        assertThat(images.delete(outcome.fingerprint()).succeeded()).isTrue();
    }

    @Test
    void a_form_without_a_boundary_or_with_another_one_is_refused() throws Exception {
        byte[] body = Form.split(Form.metadata("form"), ImageFixtures.squashfsLike(9_000)).body();

        for (String type : new String[] {"multipart/form-data", "multipart/form-data; boundary=other"}) {
            assertThat(images.upload(body, Map.of("Content-Type", type)).succeeded()).as(type).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Packing.class, names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("reliability S10")
    void a_gigabyte_of_zeros_is_called_a_bomb(Packing packing) throws Exception {
        Map<String, String> incus = Map.of("X-Incus-filename", "bomb" + packing.extension());
        Images.Outcome outcome = images.upload(Bombs.gigabyte(packing), incus);

        assertThat(outcome.error()).startsWith("decompression bomb: ");
    }

    private static byte[] lateMetadata(Packing packing) {
        return packing.pack(TarBuilder.tar().directory("rootfs/").file("rootfs/noise", noise(60_000))
                .file("metadata.yaml", METADATA).file("templates/hostname.tpl", new byte[40_000]).build());
    }

    private static byte[] with(String metadata) {
        return ImageFixtures.unified(Packing.GZIP, metadata);
    }

    private static byte[] tar(TarBuilder archive) {
        return Packing.GZIP.pack(archive.build());
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
