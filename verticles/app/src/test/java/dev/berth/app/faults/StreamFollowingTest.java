package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeStreams;
import dev.berth.testkit.upstream.FakeUpstream;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole service follows an alias of an image stream whose newest version changes. */
class StreamFollowingTest {
    private static final String PRODUCT = "alpine/3.20";
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeUpstream upstream = FakeUpstream.start(vertx);
    private final FakeStreams streams = upstream.streams();
    private RunningBerth berth;
    private RawClient client;
    private Images images;
    private String older;

    @BeforeEach
    void start() throws Exception {
        berth = RunningBerth.in(folder.resolve("data"), Map.of(
                "fetch.allow-private-addresses", "127.0.0.1",
                "fetch.trusted-certificates", upstream.certificate().writtenTo(folder).toString(),
                "fetch.index-fresh", "0s",
                "store.delete-grace", "20ms"));
        client = new RawClient(berth.unixSocket());
        images = new Images(client);
        older = streams.add(PRODUCT, "20260821", METADATA, ImageFixtures.squashfsLike(100_000));
        streams.publish();
        berth.cli("pull", upstream.url(), PRODUCT, "--protocol", "simplestreams", "--auto-update", "--alias", "stable");
    }

    @AfterEach
    void stop() throws Exception {
        berth.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    @DisplayName("formats 97, rest-api 178, 180: the name moves when the new version is kept, and the old one goes")
    void a_new_version_takes_the_old_ones_place_once_it_is_kept() throws Exception {
        String newer = streams.add(PRODUCT, "20260822", METADATA, ImageFixtures.squashfsLike(200_000));
        streams.publish();
        upstream.misbehave(streams.path(PRODUCT, "20260822", "root.squashfs"), 1, Behaviours.flip(199_000));

        refreshed(older);
        assertThat(target()).as("the new version was broken").isEqualTo(older);
        assertThat(images.listed()).containsExactly(older);

        assertThat(refreshed(older).path("refreshed").asBoolean()).isTrue();
        assertThat(target()).isEqualTo(newer);
        assertThat(images.listed()).containsExactly(newer);
        Remains.eventually("only metadata and the new rootfs stay", () -> Remains.files(berth.data()).size() == 2);
    }

    @Test
    @DisplayName("issue: an image whose stream lists it no more is kept, under its name")
    void a_product_that_vanished_takes_nothing_away() throws Exception {
        streams.removeVersion(PRODUCT, "20260821").publish();

        refreshed(older);

        assertThat(target()).isEqualTo(older);
        assertThat(client.get("/berth/v1/refresh").metadata().get(0).path("outcome").asText()).contains("Image not found");
    }

    private JsonNode refreshed(String fingerprint) throws IOException {
        return images.outcome(client.sendJson("POST", "/1.0/images/" + fingerprint + "/refresh", "")).metadata();
    }

    private String target() throws IOException {
        return client.get("/1.0/images/aliases/stable").metadata().path("target").asText();
    }
}
