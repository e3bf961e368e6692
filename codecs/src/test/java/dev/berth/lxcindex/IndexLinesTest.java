package dev.berth.lxcindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IndexLinesTest {
    private static final Instant AUGUST = Instant.parse("2026-08-21T07:42:30Z");
    private static final String ONE = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    @Test
    @DisplayName("formats 129, 133: six fields, the last one a path with a slash at both ends")
    void a_line_says_what_the_image_is_and_where() {
        Image image = image(ONE, AUGUST, Map.of("os", "Alpine", "release", "3.20", "variant", "cloud", "serial", "20260821_0742"));

        assertThat(written(image)).isEqualTo("alpine;3.20;amd64;cloud;20260821_0742-abababab;/x/" + ONE + "/\n");
    }

    @Test
    void without_a_serial_the_build_is_the_time_it_was_made() {
        assertThat(written(image(ONE, AUGUST, Map.of("os", "debian", "release", "trixie"))))
                .isEqualTo("debian;trixie;amd64;default;20260821_0742-abababab;/x/" + ONE + "/\n");
    }

    @Test
    @DisplayName("formats 132: files that differ never have the same build")
    void two_images_of_one_serial_have_two_builds() {
        Map<String, String> same = Map.of("os", "debian", "release", "trixie", "serial", "1");

        assertThat(ImageName.build(image(ONE, AUGUST, same))).isNotEqualTo(ImageName.build(image(OTHER, AUGUST, same)));
    }

    @Test
    @DisplayName("formats 133: clients take the first line that fits, so there is one")
    void of_several_images_with_one_name_the_newest_is_listed() {
        Map<String, String> same = Map.of("os", "debian", "release", "trixie");
        Image old = image(ONE, AUGUST, same);
        Image newer = image(OTHER, AUGUST.plusSeconds(86_400), same);

        assertThat(written(old, newer)).isEqualTo(written(newer)).isEqualTo(written(newer, old));
    }

    @Test
    void an_alias_names_an_image_that_does_not_name_itself() {
        assertThat(written(image(ONE, AUGUST, Map.of(), "web", "devuan/daedalus/minimal")))
                .startsWith("devuan;daedalus;amd64;minimal;");
    }

    @Test
    void what_nobody_could_ask_for_is_left_out() {
        assertThat(written(image(ONE, AUGUST, Map.of("os", "debian"), "debian"))).isEmpty();
        assertThat(written(image(ONE, AUGUST, Map.of("os", "..", "release", "1")))).isEmpty();
    }

    @Test
    void what_would_break_a_line_or_a_folder_is_replaced() {
        assertThat(written(image(ONE, AUGUST, Map.of("os", "open suse", "release", "15;6/x\ny", "variant", " "))))
                .startsWith("open-suse;15-6-x-y;amd64;default;");
    }

    @Test
    void lines_are_read_as_clients_read_them() {
        IndexLine line = new IndexLine("a", "b", "c", "d", "e", "/f/");
        String text = "a;b;c;d;e;/f/\na;b;c;d;e;\n\nnothing\na;b;c;d;e;f;g\n";

        assertThat(IndexFile.read(text.getBytes(StandardCharsets.UTF_8))).containsExactly(line);
        assertThat(IndexFile.read(IndexFile.write(List.of(line, line)))).containsExactly(line, line);
        assertThatThrownBy(() -> new IndexLine("a;b", "b", "c", "d", "e", "f")).hasMessageContaining("has no \";\"");
    }

    @Test
    void architectures_have_their_debian_names() {
        assertThat(List.of(Architecture.values()).stream().map(DebianArchitecture::name)).containsExactly(
                "i386", "amd64", "armel", "armhf", "armhf", "arm64", "powerpc", "ppc64", "ppc64el", "s390x", "mips", "mips64",
                "riscv32", "riscv64", "loong64");
        assertThat(DebianArchitecture.personality(Architecture.I686)).isEqualTo("linux32");
        assertThat(DebianArchitecture.personality(Architecture.AARCH64)).isEqualTo("linux64");
    }

    private static String written(Image... images) {
        byte[] index = IndexFile.write(IndexLines.of(List.of(images), image -> "/x/" + image.fingerprint() + "/"));
        return new String(index, StandardCharsets.UTF_8);
    }

    static Image image(String fingerprint, Instant made, Map<String, String> properties, String... aliases) {
        ImageFile file = new ImageFile(ImageFile.Role.UNIFIED, new BlobId(fingerprint), 100, ".tar.gz");
        return new Image(
                "default", new Fingerprint(fingerprint), ImageType.CONTAINER, Architecture.X86_64, true, false, false, "",
                properties, List.of(aliases).stream().map(name -> new Alias(name, "")).toList(), List.of(), List.of(file),
                made, made, Image.NEVER_USED, Image.NEVER_EXPIRES, null);
    }
}
