package dev.berth.simplestreams;

import static dev.berth.simplestreams.StreamFixture.BASE;
import static dev.berth.simplestreams.StreamFixture.item;
import static dev.berth.simplestreams.StreamFixture.product;
import static dev.berth.simplestreams.StreamFixture.products;
import static dev.berth.simplestreams.StreamFixture.read;
import static dev.berth.simplestreams.StreamFixture.sha;
import static dev.berth.simplestreams.StreamFixture.unified;
import static dev.berth.simplestreams.StreamFixture.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.ImageType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Names, their order and how an image is found (formats 3.6). */
final class LookupTest {
    private static final String MACHINE = "5da36beafec16b15f0050e5607a630c0c69d3278548b9c76b00fc1e32b91d314";
    private static final String SQUASHFS = "0bdc979c55bf17afb88e5c8153cfe45f51607fd07daf86e86ca07f9f8e3b2f19";

    @Test
    @DisplayName("formats fact 93: squashfs wins over root.tar.xz for names; both are listed")
    void squashfs_wins_the_name() throws IOException {
        StreamFixture sample = StreamFixture.sample();

        assertThat(sample.offer("noble/cloud").fingerprint().hex()).isEqualTo(SQUASHFS);
        assertThat(sample.fingerprints()).contains("7177d58d822ef88b3153d2da169ee031866097ba2a047f59663768e45cd5078d");
    }

    @Test
    @DisplayName("formats facts 94 and 95: machine and container share a name; the container is the default")
    void one_name_stands_for_a_container_and_a_machine() throws IOException {
        StreamFixture sample = StreamFixture.sample();

        assertThat(found(sample.find("noble/cloud", ImageType.VIRTUAL_MACHINE, Architecture.X86_64))).isEqualTo(MACHINE);
        assertThat(found(sample.find("noble/cloud", ImageType.CONTAINER, Architecture.X86_64))).isEqualTo(SQUASHFS);
        assertThat(found(sample.find("noble/cloud", null, Architecture.X86_64))).isEqualTo(SQUASHFS);
    }

    @Test
    @DisplayName("formats 3.6: without a type a machine is found when there is no container")
    void a_machine_is_found_when_there_is_no_container() throws IOException {
        String machine = version("20260821", item("incus_combined.tar.gz", "'sha256': '" + sha('a') + "', 'combined_type': 'virtual-machine'"));
        StreamFixture read = read(products(product("p", "'aliases': 'x'", machine)));

        assertThat(found(read.find("x", null, Architecture.X86_64))).isEqualTo(sha('a'));
        assertThat(found(read.find("x", ImageType.CONTAINER, Architecture.X86_64))).isEqualTo("missing");
    }

    @Test
    @DisplayName("formats fact 96: the stream's own word for the architecture may follow, the canonical one may not")
    void the_raw_architecture_may_follow_the_name() throws IOException {
        StreamFixture sample = StreamFixture.sample();

        assertThat(sample.offer("noble/cloud/amd64").alias()).isEqualTo("noble/cloud/amd64");
        assertThat(sample.offer("noble/cloud/x86_64")).isNull();
    }

    @Test
    @DisplayName("formats fact 97: the newest serial has the name, older ones are listed without")
    void the_newest_serial_has_the_name() throws IOException {
        StreamFixture read = read(products(product("p", "'aliases': 'x'", unified("20260820", 'a'), unified("20260821_1", 'b'), unified("20260821", 'c'))));

        assertThat(read.offer("x").fingerprint().hex()).isEqualTo(sha('b'));
        assertThat(read.fingerprints()).containsExactly(sha('b'), sha('c'), sha('a'));
        assertThat(read.offer(sha('a')).aliases()).isEmpty();
    }

    @Test
    @DisplayName("formats fact 101: a fingerprint listed twice is one image here, under all its names")
    void a_fingerprint_listed_twice_is_one_image() throws IOException {
        StreamFixture read = read(products(product("a", "'aliases': 'one'", unified("20260821", 'a')),
                product("b", "'aliases': 'two'", unified("20260821", 'a'), unified("20260820", 'b'))));

        assertThat(read.fingerprints()).containsExactlyInAnyOrder(sha('a'), sha('b'));
        assertThat(read.offer("one").fingerprint().hex()).isEqualTo(sha('a'));
        assertThat(read.offer("two").fingerprint().hex()).isEqualTo(sha('a'));
        assertThat(found(read.find("aaaa", null, Architecture.X86_64))).isEqualTo(sha('a'));
    }

    @Test
    @DisplayName("formats fact 109: an offer has the short and medium names of the host's architecture, and its own words")
    void an_offer_has_short_and_medium_names() throws IOException {
        Offer offer = StreamFixture.sample().offer("noble/cloud");

        assertThat(offer.aliases()).extracting(Alias::name).containsExactly("ubuntu/noble/cloud", "ubuntu/noble/cloud/amd64",
                "ubuntu/24.04/cloud", "ubuntu/24.04/cloud/amd64", "noble/cloud", "noble/cloud/amd64");
        assertThat(offer.alias()).isEqualTo("noble/cloud");
    }

    @Test
    @DisplayName("formats 3.6: only medium names are shown of another architecture, yet a short one finds it")
    void another_architecture_is_found_when_there_is_no_other() throws IOException {
        Offer offer = StreamFixture.sample().offer("alpine/3.22");

        assertThat(offer.architecture()).isEqualTo(Architecture.AARCH64);
        assertThat(offer.aliases()).extracting(Alias::name)
                .containsExactly("alpine/3.22/arm64", "alpine/3.22/default/arm64", "alpine/latest/arm64");
    }

    @Test
    @DisplayName("formats 3.6: the host's own architecture comes first, then what it also runs, then others")
    void the_host_decides_between_architectures() throws IOException {
        StreamFixture read = read(products(arch("a", "s390x", 'a'), arch("b", "i386", 'b'), arch("c", "amd64", 'c')));

        assertThat(found(read.find("x", null, Architecture.X86_64))).isEqualTo(sha('c'));
        assertThat(found(read.find("x", null, Architecture.S390X))).isEqualTo(sha('a'));
        StreamFixture without = read(products(arch("a", "s390x", 'a'), arch("b", "i386", 'b')));
        assertThat(found(without.find("x", null, Architecture.X86_64))).isEqualTo(sha('b'));
    }

    @Test
    void an_architecture_asked_for_is_the_only_one() throws IOException {
        StreamFixture read = read(products(arch("a", "s390x", 'a'), arch("c", "amd64", 'c')));

        Lookup s390x = read.index().find(new Wanted("x", null, Architecture.S390X, Architecture.X86_64));
        Lookup arm64 = read.index().find(new Wanted("x", null, Architecture.AARCH64, Architecture.X86_64));

        assertThat(found(s390x)).isEqualTo(sha('a'));
        assertThat(found(arm64)).isEqualTo("missing");
    }

    @Test
    @DisplayName("formats 3.6: of two products that claim a name, the smaller os, release and variant has it")
    void the_first_claim_of_a_name_wins() throws IOException {
        StreamFixture read = read(products(
                "'b': {'arch': 'amd64', 'os': 'B', 'aliases': 'x', 'versions': {" + unified("20260822", 'b') + "}}",
                "'a': {'arch': 'amd64', 'os': 'A', 'aliases': 'x', 'versions': {" + unified("20260101", 'a') + "}}"));

        assertThat(read.offer("x").fingerprint().hex()).isEqualTo(sha('a'));
        assertThat(read.offer(sha('b')).aliases()).isEmpty();
    }

    @Test
    @DisplayName("formats 3.3: names are split at commas without trimming")
    void names_are_not_trimmed() throws IOException {
        StreamFixture read = read(products(product("p", "'aliases': 'a, b,,c'", unified("20260821", 'a'))));

        assertThat(read.offer("a").aliases()).extracting(Alias::name).containsExactly("a", "a/amd64", " b", " b/amd64", "c", "c/amd64");
        assertThat(read.offer("b")).isNull();
    }

    @Test
    @DisplayName("formats 3.6: no name means \"default\"")
    void no_name_means_default() throws IOException {
        assertThat(read(products(product("p", "'aliases': 'default'", unified("20260821", 'a')))).offer("").fingerprint().hex())
                .isEqualTo(sha('a'));
    }

    @Test
    @DisplayName("formats fact 110: by the beginning of a fingerprint, of any length, an image is found but no alias is followed")
    void the_beginning_of_a_fingerprint_finds_the_image() throws IOException {
        StreamFixture sample = StreamFixture.sample();

        assertThat(sample.offer(SQUASHFS).alias()).isEmpty();
        assertThat(found(sample.find("0bdc", ImageType.VIRTUAL_MACHINE, Architecture.X86_64))).isEqualTo(SQUASHFS);
        assertThat(found(sample.find("0BDC", null, Architecture.X86_64))).isEqualTo("missing");
        assertThat(found(sample.find("ffff", null, Architecture.X86_64))).isEqualTo("missing");
    }

    @Test
    void two_fingerprints_that_begin_so_are_ambiguous() throws IOException {
        String almost = "ab" + sha('0').substring(2);
        String other = "ac" + sha('0').substring(2);
        StreamFixture read = read(products(product("p", "", version("20260821", item("lxd_combined.tar.gz", "'sha256': '" + almost + "'")),
                version("20260820", item("lxd_combined.tar.gz", "'sha256': '" + other + "'")))));

        assertThat(found(read.find("a", null, Architecture.X86_64))).isEqualTo("ambiguous");
        assertThat(found(read.find("ab", null, Architecture.X86_64))).isEqualTo(almost);
    }

    @Test
    @DisplayName("formats 3.6: only on Ubuntu's own server ubuntu/ may be left out, and is")
    void ubuntu_names_are_bare_on_its_own_server() throws IOException {
        String json = products(product("p", "'aliases': 'ubuntu/noble,noble2'", unified("20260821", 'a')));
        StreamCollector there = StreamCollector.ofAll("https://cloud-images.ubuntu.com/releases", ReadLimits.DEFAULTS);

        StreamFixture ubuntu = read(StreamFixture.bytes(json), there, ReadLimits.DEFAULTS);

        assertThat(ubuntu.offer("noble").aliases()).extracting(Alias::name).contains("noble", "noble/amd64", "noble2");
        assertThat(read(json).offer("noble")).isNull();
    }

    @Test
    void a_collector_for_one_name_keeps_what_the_lookup_needs_and_no_more() throws IOException {
        String json = products(product("a", "'aliases': 'x,y'", unified("20260821", 'a'), unified("20260820", 'b')),
                product("b", "'aliases': 'z'", unified("20260821", 'c')));

        for (String name : List.of("x", "x/amd64", sha('a').substring(0, 12))) {
            StreamFixture read = read(StreamFixture.bytes(json), StreamCollector.of(name, BASE, ReadLimits.DEFAULTS), ReadLimits.DEFAULTS);
            assertThat(read.offer(name).fingerprint().hex()).isEqualTo(sha('a'));
            assertThat(read.fingerprints()).doesNotContain(sha('c'));
        }
    }

    @Test
    void texts_are_compared_as_go_does() {
        assertThat(ImageOrder.compareAsGo("\uFFFD", "\uD83D\uDE00")).isNegative();
        assertThat(ImageOrder.compareAsGo("\uD83D\uDE00", "\uD83D\uDE01")).isNegative();
        assertThat(ImageOrder.compareAsGo("a", "ab")).isNegative();
        assertThat(ImageOrder.compareAsGo("b", "ab")).isPositive();
        assertThat(ImageOrder.compareAsGo("ab", "ab")).isZero();
    }

    private static String arch(String key, String arch, char digit) {
        return "'" + key + "': {'arch': '" + arch + "', 'aliases': 'x', 'versions': {" + unified("20260821", digit) + "}}";
    }

    private static String found(Lookup lookup) {
        return lookup.fold(found -> found.image().fingerprint().hex(), () -> "missing", ambiguous -> "ambiguous");
    }
}
