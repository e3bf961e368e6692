package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Catalogue;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.ReadCatalogue;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.fetch.http.HttpLimits;
import dev.berth.kit.openpgp.SigningKey;
import dev.berth.testkit.Expect;
import dev.berth.testkit.FakeClock;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeStreams;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Image streams that must be signed. The server is asked each time. */
class SignedStreamsTest {
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(10_000);
    private static final String ALIAS = "alpine/3.20";

    @TempDir Path folder;
    private final FakeClock theirTime = new FakeClock(Clock.systemUTC().instant().minus(Duration.ofDays(10)));
    private final SigningKey key = SigningKey.make("Them", theirTime);
    private FetchWorld world;
    private FakeStreams streams;
    private String fingerprint;

    @BeforeEach
    void start() throws IOException {
        world = new FetchWorld(folder);
        world.deployed(asking(Map.of(SourceRules.key(world.upstream.url()), new SourceRules(keyring(key)))));
        streams = world.upstream.streams();
        fingerprint = streams.add(ALIAS, "20260821_0742", METADATA, ROOTFS);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    @DisplayName("formats 111 and 113: the signed index is asked for, and leads to signed products")
    void what_was_signed_is_used_and_nothing_unsigned_is_asked_for() {
        streams.publish().publishSigned(key);

        assertThat(world.fetch(source(), ALIAS)).extracting(Arrived::bytes).containsExactly(METADATA, ROOTFS);
        assertThat(world.upstream.requests(FakeStreams.INDEX)).isZero();
        assertThat(world.upstream.requests(FakeStreams.PRODUCTS)).isZero();
        assertThat(counted("good")).isEqualTo(2);
    }

    @Test
    void a_list_that_did_not_change_is_not_sent_again() {
        streams.publishSigned(key);
        resolved();
        long sent = world.upstream.bytes(FakeStreams.SIGNED_PRODUCTS);

        assertThat(resolved()).isEqualTo(fingerprint);
        assertThat(world.upstream.bytes(FakeStreams.SIGNED_PRODUCTS)).isEqualTo(sent);
    }

    @Test
    @DisplayName("S30: what somebody else signed is refused, both keys are named, and the last good index stays in use")
    void another_signer_is_refused() {
        SigningKey stranger = SigningKey.make("Them", theirTime);
        streams.publishSigned(stranger);

        assertThat(refused().text())
                .contains("index.sjson is refused: expected a signature by key " + key.fingerprint().substring(24))
                .contains("got one by key " + stranger.fingerprint().substring(24));

        streams.publishSigned(key);
        resolved();
        newerImage();
        streams.publishSigned(stranger);
        assertThat(resolved()).isEqualTo(fingerprint);
        assertThat(counted("wrong")).isEqualTo(3);
        assertThat(catalogue().stale()).contains("is refused: expected a signature by key ");
        assertThat(catalogue().images()).extracting(listed -> listed.offer().fingerprint().hex()).containsExactly(fingerprint);
    }

    @Test
    @DisplayName("S30: unsigned after signed is refused, and the last good index stays in use")
    void a_missing_signature_is_refused() {
        streams.publish();
        assertThat(refused().reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(refused().text()).contains("the server answered 404; a signature by ", "the unsigned document is not used");

        streams.publishSigned(key);
        resolved();
        newerImage();
        streams.publish();
        world.upstream.remove(FakeStreams.SIGNED_INDEX).remove(FakeStreams.SIGNED_PRODUCTS);
        assertThat(resolved()).isEqualTo(fingerprint);

        world.upstream.serve(FakeStreams.SIGNED_INDEX, streams.indexDocument(FakeStreams.SIGNED_PRODUCTS).encode());
        assertThat(resolved()).isEqualTo(fingerprint);
        assertThat(counted("wrong")).isEqualTo(1);
    }

    @Test
    void a_changed_byte_is_noticed() {
        streams.publishSigned(key);
        world.upstream.misbehave(FakeStreams.SIGNED_PRODUCTS, 1, Behaviours.flip(200));

        assertThat(refused().text()).contains("images.sjson is refused: ");
        assertThat(resolved()).isEqualTo(fingerprint);
    }

    @Test
    void text_below_the_signature_is_not_read() throws IOException {
        byte[] good = FakeStreams.signed(key, streams.indexDocument(FakeStreams.SIGNED_PRODUCTS));
        world.upstream.serve(FakeStreams.SIGNED_INDEX, new String(good, StandardCharsets.UTF_8) + "{\"index\": {}}");

        assertThat(refused().text()).contains("expected nothing after the signature");
        assertThat(folder.resolve("indexes")).isDirectoryNotContaining("glob:**.{part,json,accepted}");
    }

    @Test
    @DisplayName("S29: an index that was signed before the last one is refused, and that one stays in use")
    void an_older_signature_is_refused() throws IOException {
        byte[] older = FakeStreams.signed(key, streams.indexDocument(FakeStreams.SIGNED_PRODUCTS));
        theirTime.advance(Duration.ofHours(1));
        streams.updated(theirTime.instant()).publishSigned(key);
        resolved();

        world.upstream.serve(FakeStreams.SIGNED_INDEX, older);
        assertThat(resolved()).isEqualTo(fingerprint);
        assertThat(counted("rolled-back")).isEqualTo(1);

        forgetDocuments();
        assertThat(refused().text()).containsPattern("is refused: expected one signed at \\S+ or later, got one signed at ");
    }

    @Test
    void the_time_of_the_signature_counts_and_not_what_the_text_says() {
        streams.updated(theirTime.instant()).publishSigned(key);
        resolved();
        theirTime.advance(Duration.ofHours(1));
        String withdrawn = newerImage();
        streams.updated(theirTime.instant()).publishSigned(key);
        assertThat(resolved()).isEqualTo(withdrawn);

        theirTime.advance(Duration.ofHours(1));
        streams.removeVersion(ALIAS, "20260822_0742").updated(theirTime.instant().minus(Duration.ofHours(2))).publishSigned(key);
        assertThat(resolved()).isEqualTo(fingerprint);
    }

    @Test
    void another_machine_of_the_server_may_have_signed_the_same_a_moment_before() {
        streams.publish();
        byte[] before = FakeStreams.signed(key, streams.indexDocument(FakeStreams.SIGNED_PRODUCTS));
        theirTime.advance(Duration.ofHours(1));
        streams.publishSigned(key);
        resolved();

        world.upstream.serve(FakeStreams.SIGNED_INDEX, before);
        assertThat(resolved()).isEqualTo(fingerprint);
        assertThat(counted("good")).isEqualTo(3);
    }

    @Test
    @DisplayName("formats 111: an index.sjson that points to .json products is refused")
    void a_signed_index_does_not_lead_to_unsigned_products() {
        streams.publish();
        world.upstream.serve(FakeStreams.SIGNED_INDEX, FakeStreams.signed(key, streams.indexDocument(FakeStreams.PRODUCTS)));

        assertThat(refused().text()).contains(
                "expected the path of a signed products file, which ends with .sjson, got \"streams/v1/images.json\"");
        assertThat(world.upstream.requests(FakeStreams.PRODUCTS)).isZero();
    }

    @Test
    void a_good_signature_under_another_document_does_not_count() {
        streams.publishSigned(key);
        JsonObject daily = streams.productsDocument().put("content_id", "daily");
        world.upstream.serve(FakeStreams.SIGNED_PRODUCTS, FakeStreams.signed(key, daily));
        assertThat(refused().text()).contains("expected the products of images, got those of \"daily\"");

        byte[] index = FakeStreams.signed(key, streams.indexDocument(FakeStreams.SIGNED_PRODUCTS));
        world.upstream.serve(FakeStreams.SIGNED_PRODUCTS, index);
        assertThat(refused().text()).contains("expected a document of format products:1.0, got \"index:1.0\"");
    }

    @Test
    @DisplayName("formats 115: a signature does not lead outside of the server")
    void a_signed_path_still_stays_below_the_server() {
        JsonObject index = streams.indexDocument(FakeStreams.SIGNED_PRODUCTS);
        index.getJsonObject("index").getJsonObject("images").put("path", "../elsewhere/images.sjson");
        world.upstream.serve(FakeStreams.SIGNED_INDEX, FakeStreams.signed(key, index));

        assertThat(refused().reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(world.upstream.asked()).extracting(asked -> asked.path()).containsOnly(FakeStreams.SIGNED_INDEX);
    }

    @Test
    void every_spelling_of_the_server_is_meant() {
        streams.publish();

        for (String end : List.of("/", "//", "?a=b")) {
            assertThat(Expect.no(world.resolve(at(world.upstream.url() + end), ALIAS)).text()).contains("404");
        }
    }

    @Test
    void a_server_without_a_keyring_is_read_as_before() {
        streams.publish();
        world.upstream.serve("/other" + FakeStreams.INDEX, streams.indexDocument(FakeStreams.PRODUCTS).encode());
        world.upstream.serve("/other" + FakeStreams.PRODUCTS, streams.productsDocument().encode());

        Answer<Offer> answer = world.resolve(at(world.upstream.url() + "/other"), ALIAS);
        assertThat(Expect.yes(answer).fingerprint().hex()).isEqualTo(fingerprint);
    }

    @Test
    @DisplayName("formats 112: an empty keyring fails, and says so at the start")
    void an_empty_keyring_stops_the_start() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        try (FetchWorld other = new FetchWorld(folder.resolve("other"))) {
            FetchConf conf = other.conf().withSources(Map.of("https://example.org", new SourceRules(empty)));

            assertThatThrownBy(() -> other.deployed(conf)).rootCause().hasMessageContaining(empty + ": expected a keyring");
        }
    }

    private Source source() {
        return world.source("simplestreams");
    }

    private Source at(String url) {
        return new Source(url, "simplestreams", "", "", "");
    }

    private String resolved() {
        return Expect.yes(world.resolve(source(), ALIAS)).fingerprint().hex();
    }

    private Catalogue catalogue() {
        ReadCatalogue all = new ReadCatalogue(source(), "", Duration.ZERO);
        return Expect.yes(Expect.soon(world.bus.ask(FetchContract.CATALOGUE, all)))
                .fold(catalogue -> catalogue, unchanged -> null);
    }

    private Refused refused() {
        return Expect.no(world.resolve(source(), ALIAS));
    }

    private String newerImage() {
        return streams.add(ALIAS, "20260822_0742", METADATA, ImageFixtures.squashfsLike(1000));
    }

    private double counted(String outcome) {
        return world.registry.get("berth.fetch.signatures").tag("outcome", outcome).counter().count();
    }

    /** As if the folder had been too full to keep them. */
    private void forgetDocuments() throws IOException {
        try (DirectoryStream<Path> documents = Files.newDirectoryStream(folder.resolve("indexes"), "*.json")) {
            for (Path document : documents) {
                Files.delete(document);
            }
        }
    }

    private Path keyring(SigningKey of) throws IOException {
        return Files.writeString(folder.resolve("keyring"), of.publicKey());
    }

    /** Asks the server every time, and gives it time. */
    private FetchConf asking(Map<String, SourceRules> sources) {
        FetchConf conf = world.conf(HttpLimits.DEFAULT, List.of("127.0.0.1"));
        return new FetchConf(conf.cache(), conf.allowPrivateAddresses(), conf.trustedCertificates(), conf.directHosts(),
                conf.proxy(), conf.userAgent(), conf.indexBytes(), Duration.ZERO, conf.limits(), sources);
    }
}
