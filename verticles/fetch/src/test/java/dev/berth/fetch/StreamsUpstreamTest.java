package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused.Reason;
import dev.berth.contract.StreamContract.Complete;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Asked;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeStreams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Image streams of other servers, formats facts 76 to 111 as far as they are about fetching. */
class StreamsUpstreamTest {
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(300_000);

    @TempDir Path folder;
    private FetchWorld world;
    private FakeStreams streams;
    private String fingerprint;

    @BeforeEach
    void start() {
        world = new FetchWorld(folder).deployed();
        streams = world.upstream.streams();
        fingerprint = streams.add("alpine/3.20", "20260821_0742", METADATA, ROOTFS);
        streams.publish();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void an_alias_of_the_stream_arrives_as_two_proven_files() {
        Offer offer = Expect.yes(world.resolve(world.source("simplestreams"), "alpine/3.20"));
        List<Arrived> files = world.read(world.source("simplestreams"), offer);

        assertThat(offer.fingerprint().hex()).isEqualTo(fingerprint);
        assertThat(offer.size()).isEqualTo(METADATA.length + ROOTFS.length);
        assertThat(files).extracting(Arrived::bytes).containsExactly(METADATA, ROOTFS);
        assertThat(files).extracting(file -> ((Complete) file.end()).labels().get("part")).containsExactly("metadata", "rootfs");
    }

    @Test
    void the_beginning_of_a_fingerprint_is_enough_and_the_unknown_is_not_found() {
        assertThat(Expect.yes(world.resolve(world.source("simplestreams"), fingerprint.substring(0, 12))).alias()).isEmpty();
        assertThat(Expect.no(world.resolve(world.source("simplestreams"), "nothing")).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void a_fresh_index_costs_no_request() {
        world.resolve(world.source("simplestreams"), "alpine/3.20");
        world.resolve(world.source("simplestreams"), fingerprint);

        assertThat(world.upstream.requests(FakeStreams.INDEX)).isEqualTo(1);
        assertThat(world.upstream.requests(FakeStreams.PRODUCTS)).isEqualTo(1);
    }

    @Test
    void an_old_index_is_asked_for_by_its_tag_and_a_new_version_is_seen() {
        FetchWorld eager = eager();
        eager.resolve(eager.source("simplestreams"), "alpine/3.20");
        eager.resolve(eager.source("simplestreams"), "alpine/3.20");
        assertThat(last(eager, FakeStreams.PRODUCTS).headers()).containsKey("If-None-Match");
        assertThat(eager.upstream.bytes(FakeStreams.PRODUCTS)).isLessThan(5_000);

        FakeStreams theirs = eager.upstream.streams();
        String newer = theirs.add("alpine/3.20", "20260822_0742", METADATA, ImageFixtures.squashfsLike(1000));
        theirs.publish();

        assertThat(Expect.yes(eager.resolve(eager.source("simplestreams"), "alpine/3.20")).fingerprint().hex()).isEqualTo(newer);
        eager.close();
    }

    @Test
    void a_server_that_is_down_is_answered_for_by_what_was_kept() {
        FetchWorld eager = eager();
        eager.resolve(eager.source("simplestreams"), "alpine/3.20");
        eager.upstream.misbehave(FakeStreams.INDEX, Behaviours.status(500)).misbehave(FakeStreams.PRODUCTS, Behaviours.hangUp());

        assertThat(Expect.yes(eager.resolve(eager.source("simplestreams"), "alpine/3.20")).fingerprint()).isNotNull();
        eager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {FakeStreams.INDEX, FakeStreams.PRODUCTS})
    void a_document_that_cannot_be_read_does_not_take_the_place_of_one_that_could(String document) {
        FetchWorld eager = eager();
        Offer before = Expect.yes(eager.resolve(eager.source("simplestreams"), "alpine/3.20"));

        eager.upstream.serve(document, "{\"index\": 1, \"products\": {\"cut");
        Offer meanwhile = Expect.yes(eager.resolve(eager.source("simplestreams"), "alpine/3.20"));
        Offer still = Expect.yes(eager.resolve(eager.source("simplestreams"), "alpine/3.20"));

        assertThat(meanwhile.fingerprint()).isEqualTo(before.fingerprint());
        assertThat(still.fingerprint()).isEqualTo(before.fingerprint());
        assertThat(folder.resolve("eager/indexes")).isDirectoryNotContaining("glob:**.part");
        eager.close();
    }

    @Test
    @DisplayName("formats 87: LXD loses the whole server")
    void one_missing_products_file_leaves_the_others_usable() {
        String entry = "\"%s\":{\"datatype\":\"image-downloads\",\"path\":\"%s\",\"products\":[\"any\"]}";
        world.upstream.serve(FakeStreams.INDEX, "{\"index\":{" + entry.formatted("gone", "streams/v1/gone.json") + ","
                + entry.formatted("here", FakeStreams.PRODUCTS.substring(1)) + "}}");

        assertThat(Expect.yes(world.resolve(world.source("simplestreams"), "alpine/3.20")).fingerprint().hex())
                .isEqualTo(fingerprint);
        assertThat(world.upstream.requests("/streams/v1/gone.json")).isEqualTo(1);
    }

    @Test
    @DisplayName("formats 104, 105: a path with a slash at its end, user and password on every request")
    void a_stream_may_stand_below_a_path_and_behind_a_password() {
        for (String path : List.of(FakeStreams.INDEX, FakeStreams.PRODUCTS, file("lxd.tar.xz"), file("root.squashfs"))) {
            world.upstream.misbehave("/below" + path, Behaviours.redirect(path));
        }
        Source below = new Source(
                world.upstream.url().replace("//", "//reader:secret%21@") + "/below/", "simplestreams", "", "", "");

        Offer offer = Expect.yes(world.resolve(below, "alpine/3.20"));

        assertThat(world.read(below, offer)).extracting(Arrived::bytes).containsExactly(METADATA, ROOTFS);
        assertThat(world.upstream.asked()).filteredOn(asked -> asked.path().startsWith("/below/"))
                .hasSize(4)
                .allSatisfy(asked -> assertThat(asked.headers()).containsEntry("Authorization", "Basic cmVhZGVyOnNlY3JldCE="));
    }

    private String file(String item) {
        return streams.path("alpine/3.20", "20260821_0742", item);
    }

    @Test
    void a_listed_file_that_is_gone_makes_the_list_doubtful() {
        Offer offer = Expect.yes(world.resolve(world.source("simplestreams"), "alpine/3.20"));
        world.upstream.remove(streams.path("alpine/3.20", "20260821_0742", "root.squashfs"));

        List<Arrived> files = world.read(world.source("simplestreams"), offer);
        assertThat(files.get(1).failure()).contains("the server answered 404");

        world.resolve(world.source("simplestreams"), "alpine/3.20");
        assertThat(world.upstream.requests(FakeStreams.INDEX)).isEqualTo(2);
    }

    @Test
    void a_file_with_another_hash_than_listed_fails_and_both_are_named() {
        Offer offer = Expect.yes(world.resolve(world.source("simplestreams"), "alpine/3.20"));
        world.upstream.misbehave(streams.path("alpine/3.20", "20260821_0742", "root.squashfs"), Behaviours.flip(100));

        List<Arrived> files = world.read(world.source("simplestreams"), offer);

        assertThat(files.get(0).isComplete()).isTrue();
        assertThat(files.get(1).isComplete()).isFalse();
        assertThat(files.get(1).failure()).contains("Hash mismatch for", ImageFixtures.fingerprint(ROOTFS), " != ");
    }

    @Test
    void an_index_that_is_too_long_or_no_json_is_refused_by_name() {
        world.upstream.serve("/big" + FakeStreams.INDEX, new byte[(1 << 20) + 1]).serve("/odd" + FakeStreams.INDEX, "[1, 2");

        assertThat(Expect.no(world.resolve(at("/big"), "any")).text()).contains("too long: expected at most 1048576 bytes");
        assertThat(Expect.no(world.resolve(at("/odd"), "any")).text()).contains("cannot be read");
        world.upstream.misbehave("/big" + FakeStreams.INDEX, Behaviours.endless());
        assertThat(Expect.no(world.resolve(at("/big"), "any")).text()).contains("too long");
        assertThat(folder.resolve("indexes")).isDirectoryNotContaining("glob:**.part");
    }

    private Source at(String path) {
        return new Source(world.upstream.url() + path, "simplestreams", "", "", "");
    }

    private Asked last(FetchWorld of, String path) {
        return of.upstream.asked().stream().filter(asked -> asked.path().equals(path)).reduce((first, last) -> last).orElseThrow();
    }

    /** Asks the server every time. */
    private FetchWorld eager() {
        FetchWorld eager = new FetchWorld(folder.resolve("eager"));
        FetchConf conf = eager.conf();
        eager.deployed(new FetchConf(conf.cache(), conf.allowPrivateAddresses(), conf.trustedCertificates(), conf.directHosts(),
                conf.proxy(), conf.userAgent(), conf.indexBytes(), Duration.ZERO, conf.limits()));
        FakeStreams theirs = eager.upstream.streams();
        theirs.add("alpine/3.20", "20260821_0742", METADATA, ROOTFS);
        theirs.publish();
        return eager;
    }
}
