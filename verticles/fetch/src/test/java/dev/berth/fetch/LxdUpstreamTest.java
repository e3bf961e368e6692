package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused.Reason;
import dev.berth.contract.StreamContract.Complete;
import dev.berth.image.Architecture;
import dev.berth.image.ImageType;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.FakeLxd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another LXD server has, and how it comes here (rest-api 6.4). */
class LxdUpstreamTest {
    private static final byte[] TARBALL = ImageFixtures.unified(Packing.GZIP);

    @TempDir Path folder;
    private FetchWorld world;
    private FakeLxd lxd;

    @BeforeEach
    void start() {
        world = new FetchWorld(folder).deployed();
        lxd = world.upstream.lxd();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void an_alias_is_an_image_with_all_that_the_server_says_about_it() {
        String fingerprint = lxd.add(TARBALL, Map.of("os", "Alpine", "note", "edited"));
        lxd.alias("alpine/3.20", fingerprint);

        Offer offer = Expect.yes(world.resolve(world.source("lxd"), "alpine/3.20"));

        assertThat(offer.fingerprint().hex()).isEqualTo(fingerprint);
        assertThat(offer.alias()).isEqualTo("alpine/3.20");
        assertThat(offer.type()).isEqualTo(ImageType.CONTAINER);
        assertThat(offer.architecture()).isEqualTo(Architecture.X86_64);
        assertThat(offer.properties()).containsEntry("note", "edited");
        assertThat(offer.size()).isEqualTo(TARBALL.length);
        assertThat(offer.aliases()).extracting(alias -> alias.name()).containsExactly("its-name");
        assertThat(world.upstream.asked()).extracting(asked -> asked.path() + "?" + asked.query()).containsExactly(
                "/1.0/images/aliases/alpine%2F3.20?project=default", "/1.0/images/" + fingerprint + "?project=default");
        assertThat(world.upstream.asked().get(0).headers()).containsEntry("User-Agent", "Berth/test");
    }

    @Test
    void a_whole_fingerprint_is_asked_for_at_once_and_answers_without_alias() {
        String fingerprint = lxd.add(TARBALL);

        Offer offer = Expect.yes(world.resolve(world.source(""), fingerprint));

        assertThat(offer.alias()).isEmpty();
        assertThat(world.upstream.asked()).hasSize(1);
    }

    @Test
    void a_unified_image_arrives_byte_for_byte() {
        String fingerprint = lxd.add(TARBALL);

        List<Arrived> files = world.fetch(world.source("lxd"), fingerprint);

        assertThat(files).singleElement().satisfies(file -> {
            assertThat(file.isComplete()).as(file.failure()).isTrue();
            assertThat(file.bytes()).isEqualTo(TARBALL);
        });
    }

    @Test
    void a_split_image_arrives_as_two_files_with_the_names_of_its_parts() {
        byte[] metadata = ImageFixtures.metadataTarball(Packing.XZ);
        byte[] rootfs = ImageFixtures.squashfsLike(700_000);
        String fingerprint = lxd.addSplit(metadata, rootfs, true);

        List<Arrived> files = world.fetch(world.source("incus"), fingerprint);

        assertThat(files).extracting(Arrived::bytes).containsExactly(metadata, rootfs);
        assertThat(files).extracting(file -> ((Complete) file.end()).labels().get("part")).containsExactly("metadata", "rootfs.img");
    }

    @Test
    void a_secret_opens_a_private_image_and_is_escaped_twice() {
        String fingerprint = lxd.add(TARBALL);
        lxd.hide(fingerprint, "a%252Fb");
        Source source = new Source(world.upstream.url(), "lxd", "", "a/b", "");

        assertThat(world.fetch(source, fingerprint)).allMatch(Arrived::isComplete);
        assertThat(Expect.no(world.resolve(world.source("lxd"), fingerprint)).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void an_unknown_image_is_refused_in_the_words_of_lxd() {
        assertThat(Expect.no(world.resolve(world.source("lxd"), "missing")).text())
                .isEqualTo("Failed getting remote image info: Image not found");
        assertThat(Expect.no(world.resolve(world.source("lxd"), "a".repeat(64))).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void a_server_that_is_not_there_is_named_in_the_words_that_clients_of_all_ages_look_for() {
        world.upstream.goAway();

        assertThat(Expect.no(world.resolve(world.source("lxd"), "any"))).satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(refused.text()).contains("Unable to connect to: 127.0.0.1:", "Cannot connect to", "connection refused");
        });
        world.upstream.comeBack();
    }

    @Test
    void a_protocol_nobody_speaks_is_refused() {
        assertThat(Expect.no(world.resolve(world.source("ftp"), "any")).text()).isEqualTo("Unsupported protocol: ftp");
    }

    @Test
    void a_server_that_sends_another_image_than_asked_is_not_believed() {
        String other = lxd.add(TARBALL);
        lxd.alias("alpine", "b".repeat(64));
        world.upstream.serve(FakeLxd.infoPath("b".repeat(64)), "{\"metadata\":{\"fingerprint\":\"" + other
                + "\",\"type\":\"container\",\"architecture\":\"x86_64\"}}");

        assertThat(Expect.no(world.resolve(world.source("lxd"), "alpine")).text()).contains("b".repeat(64), other);
    }
}
