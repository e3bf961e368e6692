package dev.berth.simplestreams.publish;

import static dev.berth.image.Architecture.AARCH64;
import static dev.berth.image.Architecture.X86_64;
import static dev.berth.image.ImageType.VIRTUAL_MACHINE;
import static dev.berth.simplestreams.publish.CatalogFixture.debian;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.image.Image;
import dev.berth.simplestreams.StreamImage;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CatalogProductsTest {
    private static final Map<String, String> CLOUD = Map.of("os", "Debian", "release", "13", "variant", "cloud");

    @Test
    @DisplayName("formats 97: the newest version has the name")
    void builds_of_one_release_are_versions_of_one_product() {
        Image older = debian().made("2026-08-20T07:42:00Z").squashfs("m1", "r1");
        Image newer = debian().squashfs("m2", "r2");
        WrittenStream stream = WrittenStream.of(older, newer);

        assertThat(stream.product().get("versions").fieldNames()).toIterable()
                .containsExactly("20260820_0742", "20260821_0742");
        assertThat(stream.find("debian/13", null, X86_64)).isEqualTo(newer.fingerprint().hex());
        assertThat(stream.find("debian/13/default", null, X86_64)).isEqualTo(newer.fingerprint().hex());
    }

    @Test
    @DisplayName("formats 98, 99: serials are the minute of making; the next free one when it is taken")
    void two_builds_of_one_minute_are_two_versions() {
        Image first = debian().made("2026-08-21T23:59:01Z").squashfs("m1", "r1");
        Image second = debian().made("2026-08-21T23:59:02Z").squashfs("m2", "r2");

        assertThat(WrittenStream.of(second, first).read().images()).extracting(StreamImage::serial)
                .containsExactly("20260822_0000", "20260821_2359");
    }

    @Test
    @DisplayName("formats 97: an image that is older and has a name nevertheless keeps it")
    void a_name_stands_for_the_same_image_as_in_the_catalog() {
        Image pinned = debian().made("2026-08-20T07:42:00Z").called("debian/13", "pinned").squashfs("m1", "r1");
        Image newer = debian().called("newest").squashfs("m2", "r2");
        WrittenStream stream = WrittenStream.of(pinned, newer);

        assertThat(stream.find("debian/13", null, X86_64)).isEqualTo(pinned.fingerprint().hex());
        assertThat(stream.find("pinned", null, X86_64)).isEqualTo(pinned.fingerprint().hex());
        assertThat(stream.find("newest", null, X86_64)).isEqualTo(newer.fingerprint().hex());
        assertThat(stream.find("debian/13/default", null, X86_64)).isEqualTo(newer.fingerprint().hex());
    }

    @Test
    @DisplayName("formats 94, 95: container and virtual machine share names, and each is found by its type")
    void who_asks_for_a_machine_gets_one() {
        Image container = debian().called("trixie").squashfs("metadata", "root");
        Image machine = debian().machine("metadata", "disk");
        WrittenStream stream = WrittenStream.of(container, machine);

        assertThat(stream.find("trixie", null, X86_64)).isEqualTo(container.fingerprint().hex());
        assertThat(stream.find("trixie", VIRTUAL_MACHINE, X86_64)).isEqualTo(machine.fingerprint().hex());
    }

    @Test
    void a_machine_with_a_name_of_its_own_is_found_by_it_without_asking_for_a_type() {
        Image container = debian().squashfs("metadata", "root");
        Image machine = debian().called("desktop").machine("metadata", "disk");
        WrittenStream stream = WrittenStream.of(container, machine);

        assertThat(stream.find("desktop", null, X86_64)).isEqualTo(machine.fingerprint().hex());
        assertThat(stream.find("debian/13", VIRTUAL_MACHINE, X86_64)).isEqualTo(machine.fingerprint().hex());
        assertThat(stream.find("debian/13", null, X86_64)).isEqualTo(container.fingerprint().hex());
    }

    @Test
    void a_machine_in_one_file_never_takes_a_containers_name() {
        Image container = debian().squashfs("metadata", "root");
        Image machine = debian().made("2026-09-01T00:00:00Z").called("whole").unifiedMachine("all");
        WrittenStream stream = WrittenStream.of(container, machine);

        assertThat(stream.find("debian/13", VIRTUAL_MACHINE, X86_64)).isEmpty();
        assertThat(stream.find("whole", VIRTUAL_MACHINE, X86_64)).isEqualTo(machine.fingerprint().hex());
    }

    @Test
    @DisplayName("formats 96: names with the architecture after them, each architecture a product of its own")
    void every_architecture_has_the_name() {
        Image amd = debian().called("debian/13").squashfs("m1", "r1");
        Image arm = debian().on(AARCH64).squashfs("m2", "r2");
        WrittenStream stream = WrittenStream.of(amd, arm);

        assertThat(stream.find("debian/13", null, X86_64)).isEqualTo(amd.fingerprint().hex());
        assertThat(stream.find("debian/13", null, AARCH64)).isEqualTo(arm.fingerprint().hex());
        assertThat(stream.find("debian/13/arm64", null, X86_64)).isEqualTo(arm.fingerprint().hex());
    }

    @Test
    void variants_are_products_with_their_own_names() {
        Image plain = debian().squashfs("m1", "r1");
        Image cloud = debian().with(CLOUD).squashfs("m2", "r2");
        WrittenStream stream = WrittenStream.of(plain, cloud);

        assertThat(stream.find("debian/13/cloud", null, X86_64)).isEqualTo(cloud.fingerprint().hex());
        assertThat(stream.find("debian/13", null, X86_64)).isEqualTo(plain.fingerprint().hex());
    }

    @Test
    void images_that_do_not_say_what_they_are_are_products_of_their_own() {
        Image named = debian().with(Map.of()).called("mine", "a,comma").unified("one");
        Image nameless = debian().with(Map.of()).unified("two");
        WrittenStream stream = WrittenStream.of(named, nameless);

        assertThat(stream.images().get("products")).hasSize(2);
        assertThat(stream.find("mine", null, X86_64)).isEqualTo(named.fingerprint().hex());
        assertThat(stream.find(nameless.fingerprint().hex().substring(0, 12), null, X86_64))
                .isEqualTo(nameless.fingerprint().hex());
        assertThat(stream.read().images()).extracting(image -> image.properties().get("variant")).containsOnly("default");
    }

    @Test
    void a_machine_that_needs_something_else_than_the_container_says_so() {
        Image container = debian().squashfs("metadata", "root");
        Image machine = debian()
                .with(Map.of("os", "Debian", "release", "13", "requirements.secureboot", "false"))
                .machine("metadata", "disk");
        WrittenStream stream = WrittenStream.of(container, machine);

        assertThat(stream.read().images()).allSatisfy(image -> assertThat(image.properties().containsKey("requirements.secureboot"))
                .isEqualTo(image.type() == VIRTUAL_MACHINE));
        assertThat(stream.find("debian/13", VIRTUAL_MACHINE, X86_64)).isEqualTo(machine.fingerprint().hex());
    }

    @Test
    @DisplayName("formats 93: a tarball of whatever compression is a root.tar.xz, behind squashfs")
    void squashfs_has_the_name_before_a_tarball_of_the_same_version() {
        Image tar = debian().tar("metadata", "tree", ".tar.zst");
        Image squashfs = debian().squashfs("metadata", "root");
        WrittenStream stream = WrittenStream.of(tar, squashfs);

        assertThat(stream.find("debian/13", null, X86_64)).isEqualTo(squashfs.fingerprint().hex());
        assertThat(stream.read().images()).extracting(StreamImage::fingerprint)
                .containsExactly(squashfs.fingerprint(), tar.fingerprint());
        assertThat(stream.items().at("/root.tar.xz/path").asText()).endsWith("/rootfs.tar.zst");
    }

    @Test
    @DisplayName("formats 100: the end of an image is the end of its product's support")
    void an_image_that_ends_says_when() {
        Image image = debian().until("2030-01-02T03:04:05Z").unified("x");
        JsonNode product = WrittenStream.of(image).product();

        assertThat(product.get("support_eol").asText()).isEqualTo("2030-01-02");
        assertThat(WrittenStream.of(debian().unified("x")).product().has("support_eol")).isFalse();
    }
}
