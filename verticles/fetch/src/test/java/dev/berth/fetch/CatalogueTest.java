package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Catalogue;
import dev.berth.contract.FetchContract.Catalogued;
import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.FetchContract.ReadCatalogue;
import dev.berth.contract.FetchContract.StreamPlace;
import dev.berth.contract.FetchContract.Unchanged;
import dev.berth.contract.Refused.Reason;
import dev.berth.image.Alias;
import dev.berth.image.ImageType;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.FakeLxd;
import dev.berth.testkit.upstream.FakeStreams;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole lists of other servers. */
class CatalogueTest {
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(30_000);

    @TempDir Path folder;
    private FetchWorld world;

    @BeforeEach
    void start() {
        world = new FetchWorld(folder).deployed();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void a_stream_lists_its_images_with_places_files_and_all_names() {
        FakeStreams streams = world.upstream.streams();
        String fingerprint = streams.add("alpine/3.20", "20260821_0742", METADATA, ROOTFS);
        streams.product("alpine/3.20").put("arch", "s390x").put("aliases", "alpine/3.20,edge");
        streams.publish();

        Listed listed = catalogue("simplestreams").images().get(0);

        assertThat(listed.offer().fingerprint().hex()).isEqualTo(fingerprint);
        assertThat(listed.offer().aliases())
                .extracting(Alias::name)
                .containsExactly("alpine/3.20", "alpine/3.20/s390x", "edge", "edge/s390x");
        assertThat(listed.offer().files()).extracting(OfferedFile::size)
                .containsExactly((long) METADATA.length, (long) ROOTFS.length);
        StreamPlace place = listed.place();
        assertThat(place.product().key()).isEqualTo("alpine/3.20");
        assertThat(place.product().aliases()).containsExactly("alpine/3.20", "edge");
        assertThat(place.root()).isEqualTo("squashfs");
        assertThat(place.serial()).isEqualTo("20260821_0742");
        assertThat(place.incus()).isFalse();
    }

    @Test
    void a_list_that_is_known_is_not_told_again_and_a_changed_one_is() {
        FakeStreams streams = world.upstream.streams();
        streams.add("alpine/3.20", "20260821_0742", METADATA, ROOTFS);
        streams.publish();
        Catalogue first = catalogue("simplestreams");

        Catalogued again = Expect.yes(ask("simplestreams", first.version(), Duration.ZERO));
        streams.addUnified("alpine/3.20", "20260822_0742", ImageFixtures.unified(Packing.XZ));
        streams.publish();
        Catalogued unasked = Expect.yes(ask("simplestreams", first.version(), Duration.ofHours(1)));
        Catalogued changed = Expect.yes(ask("simplestreams", first.version(), Duration.ZERO));

        assertThat(again).isInstanceOf(Unchanged.class);
        assertThat(unasked).isInstanceOf(Unchanged.class);
        assertThat(changed).isInstanceOfSatisfying(Catalogue.class, list -> assertThat(list.images()).hasSize(2));
    }

    @Test
    void the_last_list_serves_with_the_reason_while_the_server_is_away() {
        FakeStreams streams = world.upstream.streams();
        streams.add("alpine/3.20", "20260821_0742", METADATA, ROOTFS);
        streams.publish();
        Catalogue first = catalogue("simplestreams");
        world.upstream.goAway();

        Catalogued known = Expect.yes(ask("simplestreams", first.version(), Duration.ZERO));
        Catalogued whole = Expect.yes(ask("simplestreams", "", Duration.ZERO));
        world.upstream.comeBack();

        assertThat(known).isInstanceOfSatisfying(
                Unchanged.class, list -> assertThat(list.stale()).contains("Unable to connect to"));
        assertThat(whole).isInstanceOfSatisfying(Catalogue.class, list -> {
            assertThat(list.images()).hasSize(1);
            assertThat(list.asked()).isEqualTo(first.asked());
            assertThat(list.stale()).contains("Unable to connect to");
        });
        assertThat(((Unchanged) Expect.yes(ask("simplestreams", first.version(), Duration.ZERO))).stale()).isEmpty();
    }

    @Test
    void the_last_list_serves_with_the_reason_while_the_server_gives_one_that_cannot_be_read() {
        FakeStreams streams = world.upstream.streams();
        streams.add("alpine/3.20", "20260821_0742", METADATA, ROOTFS);
        streams.publish();
        catalogue("simplestreams");
        world.upstream.serve(FakeStreams.PRODUCTS, "[1, 2");

        Catalogued whole = Expect.yes(ask("simplestreams", "", Duration.ZERO));

        assertThat(whole).isInstanceOfSatisfying(Catalogue.class, list -> {
            assertThat(list.images()).hasSize(1);
            assertThat(list.stale()).contains(FakeStreams.PRODUCTS + " cannot be read");
        });
    }

    @Test
    void a_server_that_never_answered_has_no_list() {
        assertThat(Expect.no(ask("simplestreams", "", Duration.ZERO)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(Expect.no(ask("direct", "", Duration.ZERO)).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void an_lxd_server_lists_what_is_public_and_makes_sense() {
        FakeLxd lxd = world.upstream.lxd();
        String fingerprint = lxd.add(ImageFixtures.unified(Packing.XZ), Map.of("os", "Alpine"));
        Catalogue one = catalogue("lxd");
        JsonObject list = new JsonObject("{\"metadata\":[{\"fingerprint\":\"x\"},{\"fingerprint\":\"" + "a".repeat(64)
                + "\",\"architecture\":\"x86_64\",\"type\":\"container\",\"public\":false}]}");
        world.upstream.serve(FakeLxd.LIST, list.encode());
        Catalogue none = (Catalogue) Expect.yes(ask("lxd", one.version(), Duration.ZERO));

        assertThat(one.images()).singleElement().satisfies(image -> {
            assertThat(image.place()).isNull();
            assertThat(image.offer().fingerprint().hex()).isEqualTo(fingerprint);
            assertThat(image.offer().type()).isEqualTo(ImageType.CONTAINER);
            assertThat(image.offer().aliases()).extracting(Alias::name).containsExactly("its-name");
        });
        assertThat(none.images()).isEmpty();
        assertThat(world.upstream.asked().get(0).query()).isEqualTo("project=default&recursion=1");
    }

    private Catalogue catalogue(String protocol) {
        return (Catalogue) Expect.yes(ask(protocol, "", Duration.ofHours(1)));
    }

    private Answer<Catalogued> ask(String protocol, String known, Duration fresh) {
        return Expect.soon(world.bus.ask(
                FetchContract.CATALOGUE, new ReadCatalogue(world.source(protocol), known, fresh)));
    }
}
