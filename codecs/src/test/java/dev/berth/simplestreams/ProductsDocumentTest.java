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
import dev.berth.image.ImageType;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a products file becomes an image, and that a broken part spoils no other. */
final class ProductsDocumentTest {
    private static final String GOOD = product("good", "'aliases': 'good'", unified("20260821", 'a'));

    @ParameterizedTest
    @ValueSource(strings = {
        "'aliases': ['a', 'b']", "'arch': 5", "'os': {'deep': [1, {'x': 2}]}", "'support_eol': 20290531",
        "'lxd_requirements': {'secureboot': false}", "'requirements': {'secureboot': false}", "'requirements': 'none'",
        "'versions': []"})
    @DisplayName("formats facts 88 and 89: a wrong type in a product costs this product only")
    void a_wrong_type_costs_the_product_only(String field) throws IOException {
        String bad = "'bad': {'arch': 'amd64', 'versions': {" + unified("20260821", 'b') + "}, " + field + "}";

        StreamFixture read = read(products(bad, GOOD));

        assertThat(read.fingerprints()).containsExactly(sha('a'));
        assertThat(read.skipped().reasons()).singleElement().asString().startsWith("bad: ").contains(" must be a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'10'", "1.5", "1e3", "-1", "99999999999999999999", "true", "[10]"})
    @DisplayName("formats fact 88: size must be a number; another costs this item only")
    void a_wrong_size_costs_the_item_only(String size) throws IOException {
        String bad = "'x': {'ftype': 'lxd_combined.tar.gz', 'path': 'x', 'sha256': '" + sha('b') + "', 'size': " + size + "}";

        StreamFixture read = read(products(product("p", "", version("20260821", bad), unified("20260820", 'c')), GOOD));

        assertThat(read.fingerprints()).containsExactlyInAnyOrder(sha('a'), sha('c'));
        assertThat(read.skipped().reasons()).singleElement().asString()
                .startsWith("p > 20260821 > x: size must be a whole number of bytes, got ");
    }

    @Test
    @DisplayName("formats fact 88: supported is not read, whatever its type")
    void supported_is_not_read() throws IOException {
        assertThat(read(products(product("p", "'supported': 'yes'", unified("20260821", 'b')))).fingerprints())
                .containsExactly(sha('b'));
    }

    @Test
    void unknown_fields_and_nulls_are_fine_at_every_level() throws IOException {
        String item = "'i': {'ftype': 'lxd_combined.tar.gz', 'path': 'x', 'sha256': '" + sha('b')
                + "', 'size': null, 'md5': null, 'new': {'a': [[1]]}}";
        String version = "'20260821': {'label': null, 'new': [{}], 'items': {" + item + "}, 'pubname': 5}";
        String json = "{'new': [1, {'a': 2}], 'products': {" + product("p", "'aliases': null, 'release': null, 'new': {}", version)
                + "}, 'license': null}";

        StreamFixture read = read(json);

        assertThat(read.fingerprints()).containsExactly(sha('b'));
        assertThat(read.index().images().get(0).size()).isEqualTo(-1);
        assertThat(read.skipped().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'sha256': ''", "'sha256': 'ABCDEF'", "'sha256': 5"})
    @DisplayName("formats facts 90 and 91: an item without a lower-case sha256 could never be downloaded and is left out")
    void an_item_without_a_proper_hash_is_left_out(String hash) throws IOException {
        String bad = "'x': {'path': 'x', 'ftype': 'lxd_combined.tar.gz'" + (hash.isEmpty() ? "" : ", " + hash) + "}";

        StreamFixture read = read(products(product("p", "", version("20260821", bad)), GOOD));

        assertThat(read.fingerprints()).containsExactly(sha('a'));
        assertThat(read.skipped().reasons()).singleElement().asString().contains("sha256 must be");
    }

    @Test
    @DisplayName("formats fact 91: an upper-case sha256 is no sha256")
    void an_upper_case_hash_is_left_out() throws IOException {
        StreamFixture read = read(products(product("p", "", unified("20260821", 'A')), GOOD));

        assertThat(read.fingerprints()).containsExactly(sha('a'));
    }

    @Test
    @DisplayName("formats fact 92: a root without its combined hash is not listed")
    void a_root_without_combined_hash_makes_no_image() throws IOException {
        String version = version("20260821",
                item("lxd.tar.xz", "'sha256': '" + sha('1') + "', 'combined_squashfs_sha256': '" + sha('2') + "'"),
                item("squashfs", "'sha256': '" + sha('3') + "'"),
                item("disk1.img", "'sha256': '" + sha('4') + "'"));

        assertThat(read(products(product("p", "", version))).fingerprints()).containsExactly(sha('2'));
    }

    @Test
    @DisplayName("formats 3.4: each root with its combined hash is an image, of the type its kind says")
    void each_root_is_an_image() throws IOException {
        String metadata = item("lxd.tar.xz", "'sha256': '" + sha('1') + "', 'combined_squashfs_sha256': '" + sha('2')
                + "', 'combined_rootxz_sha256': '" + sha('3') + "', 'combined_disk-kvm-img_sha256': '" + sha('4')
                + "', 'combined_disk1-img_sha256': '" + sha('5') + "', 'combined_uefi1-img_sha256': '" + sha('6') + "'");
        String roots = String.join(",", item("squashfs", "'sha256': '" + sha('a') + "'"),
                item("root.tar.xz", "'sha256': '" + sha('b') + "'"), item("disk-kvm.img", "'sha256': '" + sha('c') + "'"),
                item("disk1.img", "'sha256': '" + sha('d') + "'"), item("uefi1.img", "'sha256': '" + sha('e') + "'"));

        StreamFixture read = read(products(product("p", "", version("20260821", metadata, roots))));

        assertThat(read.fingerprints()).as("in LXD's order of preference")
                .containsExactly(sha('2'), sha('3'), sha('4'), sha('6'), sha('5'));
        assertThat(read.index().images()).extracting(StreamImage::type).containsExactly(ImageType.CONTAINER,
                ImageType.CONTAINER, ImageType.VIRTUAL_MACHINE, ImageType.VIRTUAL_MACHINE, ImageType.VIRTUAL_MACHINE);
    }

    @Test
    @DisplayName("formats 3.4: before 2017 the one combined_sha256 was that of the tar")
    void the_old_combined_hash_is_that_of_the_tar() throws IOException {
        String version = version("20160821",
                item("lxd.tar.xz", "'sha256': '" + sha('1') + "', 'combined_sha256': '" + sha('2') + "'"),
                item("root.tar.xz", "'sha256': '" + sha('3') + "'"), item("squashfs", "'sha256': '" + sha('4') + "'"));

        assertThat(read(products(product("p", "", version))).fingerprints()).containsExactly(sha('2'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-08-21", "v20260821", "20261399", "20260230", "2026082", "", "abcdefgh"})
    @DisplayName("formats fact 98: a serial must begin with a valid date")
    void a_serial_without_a_date_is_left_out(String serial) throws IOException {
        StreamFixture read = read(products(product("p", "", unified(serial, 'b')), GOOD));

        assertThat(read.fingerprints()).containsExactly(sha('a'));
        assertThat(read.skipped().reasons()).singleElement().asString().contains("YYYYMMDD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20260821", "20260821.1", "20260821_0742", "20260821_07:42", "202608210742"})
    @DisplayName("formats fact 98: what follows the date is free")
    void what_follows_the_date_is_free(String serial) throws IOException {
        assertThat(read(products(product("p", "", unified(serial, 'b')))).fingerprints()).containsExactly(sha('b'));
    }

    @Test
    @DisplayName("formats fact 102: a product of an unknown architecture is passed over without a word")
    void an_unknown_architecture_is_passed_over() throws IOException {
        String odd = "'odd': {'versions': {" + unified("20260821", 'b') + "}, 'arch': 'Z80'}";
        String upper = "'upper': {'versions': {" + unified("20260821", 'c') + "}, 'arch': 'AMD64'}";

        StreamFixture read = read(products(odd, upper, GOOD));

        assertThat(read.fingerprints()).containsExactly(sha('a'));
        assertThat(read.skipped().count()).isZero();
    }

    @Test
    @DisplayName("formats facts 103 and 115: an item outside the base costs this item only")
    void an_item_outside_the_base_is_left_out() throws IOException {
        String bad = "'x': {'ftype': 'lxd_combined.tar.gz', 'path': 'https://elsewhere.example/x', 'sha256': '" + sha('b') + "'}";

        StreamFixture read = read(products(product("p", "", version("20260821", bad)), GOOD));

        assertThat(read.fingerprints()).containsExactly(sha('a'));
        assertThat(read.skipped().reasons()).singleElement().asString().contains("path must be relative");
    }

    @Test
    @DisplayName("formats fact 108: items for LXD and items for Incus are both read")
    void both_vocabularies_are_read() throws IOException {
        String lxd = version("20260820", item("lxd.tar.xz", "'sha256': '" + sha('1') + "', 'combined_squashfs_sha256': '" + sha('2') + "'"),
                item("squashfs", "'sha256': '" + sha('3') + "'"));
        String incus = version("20260821", item("incus.tar.xz", "'sha256': '" + sha('4') + "', 'combined_squashfs_sha256': '" + sha('5') + "'"),
                item("squashfs", "'sha256': '" + sha('6') + "'"));
        String machine = version("20260822", item("incus_combined.tar.gz", "'sha256': '" + sha('7') + "', 'combined_type': 'virtual-machine'"));

        StreamFixture read = read(products(product("p", "", lxd, incus, machine)));

        assertThat(read.fingerprints()).containsExactly(sha('7'), sha('5'), sha('2'));
        assertThat(read.index().images().get(0).type()).isEqualTo(ImageType.VIRTUAL_MACHINE);
    }

    @Test
    @DisplayName("formats fact 108: what both vocabularies list with the same bytes is one image")
    void one_image_in_both_vocabularies_is_one_image() throws IOException {
        StreamFixture sample = StreamFixture.sample();

        assertThat(sample.index().images()).hasSize(8);
        assertThat(sample.index().images()).allMatch(image -> !image.isIncus());
    }

    @Test
    void one_bad_version_spoils_no_other() throws IOException {
        StreamFixture read = read(products(product("p", "", "'20260822': 'x'", "'20260823': {'items': []}",
                "'20260824': {'label': [], 'items': {}}", unified("20260821", 'b'))));

        assertThat(read.fingerprints()).containsExactly(sha('b'));
        assertThat(read.skipped().count()).isEqualTo(3);
    }

    @Test
    void a_second_item_of_a_kind_is_left_out() throws IOException {
        String twice = "'a': {'ftype': 'lxd_combined.tar.gz', 'path': 'a', 'sha256': '" + sha('b') + "'},"
                + "'b': {'ftype': 'lxd_combined.tar.gz', 'path': 'b', 'sha256': '" + sha('c') + "'}";

        StreamFixture read = read(products(product("p", "", version("20260821", twice))));

        assertThat(read.fingerprints()).containsExactly(sha('b'));
        assertThat(read.skipped().reasons()).singleElement().asString().contains("1 of ftype lxd_combined.tar.gz already");
    }

    @Test
    @DisplayName("formats 3.4: kinds that make no image are passed over, sound or not")
    void foreign_kinds_are_passed_over() throws IOException {
        String foreign = "'m': {'ftype': 'manifest', 'size': 'unknown', 'path': '../x'}, 'v': {'size': '5'}";

        StreamFixture read = read(products(product("p", "", version("20260821", foreign)), GOOD));

        assertThat(read.fingerprints()).containsExactly(sha('a'));
        assertThat(read.skipped().count()).isZero();
    }

    @Test
    void the_sample_is_offered_with_all_there_is_to_know() throws IOException {
        Offer offer = StreamFixture.sample().offer("ubuntu/noble/cloud");

        assertThat(offer.fingerprint().hex()).isEqualTo("0bdc979c55bf17afb88e5c8153cfe45f51607fd07daf86e86ca07f9f8e3b2f19");
        assertThat(offer.size()).isEqualTo(1096 + 131072);
        assertThat(offer.visible()).isTrue();
        assertThat(offer.files()).extracting(file -> file.path().substring(file.path().lastIndexOf('/') + 1))
                .containsExactly("lxd.tar.xz", "rootfs.squashfs");
        assertThat(offer.filename()).isEqualTo("lxd.tar.xz");
    }
}
