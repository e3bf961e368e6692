package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.Refused;
import dev.berth.fetch.http.HttpLimits;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeStreams;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of a size that nobody has, with the limits of production: this process has 512 MiB for both sides. */
class HugeIndexTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int AT_ONCE = 10_000;
    private static final byte[] TARBALL = ImageFixtures.unified(Packing.GZIP);

    @TempDir Path folder;
    private FetchWorld world;
    private FakeStreams streams;
    private String fingerprint;

    @BeforeEach
    void start() {
        world = new FetchWorld(folder);
        FetchConf conf = world.conf();
        world.deployed(new FetchConf(conf.cache(), conf.allowPrivateAddresses(), conf.trustedCertificates(), conf.directHosts(),
                conf.proxy(), conf.userAgent(), FetchConf.DEFAULT_INDEX_BYTES, Duration.ZERO, HttpLimits.DEFAULT));
        streams = world.upstream.streams();
        fingerprint = streams.addUnified("alpine/3.20", "20260821", TARBALL);
        streams.publish();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("100 MB, as the index and as the products file: left at the limit, nothing kept, the good one serves again")
    @ValueSource(strings = {FakeStreams.INDEX, FakeStreams.PRODUCTS})
    void a_document_of_100_MB_is_refused_at_the_limit(String path) {
        world.upstream.misbehave(path, 1, Behaviours.made(padding(100)));

        Refused refused = Expect.no(world.resolve(world.source("simplestreams"), "alpine/3.20"));

        assertThat(refused.text()).contains(path + " is too long: expected at most 67108864 bytes, got more; kept nothing");
        assertThat(world.upstream.bytes(path)).isLessThan(90L * MEBIBYTE);
        assertThat(folder.resolve("indexes")).isDirectoryNotContaining("glob:**.part");
        assertThat(Expect.yes(world.resolve(world.source("simplestreams"), "alpine/3.20")).fingerprint().hex())
                .isEqualTo(fingerprint);
    }

    @Test
    @DisplayName("two million products: read, and the one that was asked for is found")
    void an_image_is_found_among_two_million_products() {
        world.upstream.misbehave(FakeStreams.PRODUCTS, Behaviours.made(products(2_000_000 - 1)));

        Offer offer = Expect.yes(world.resolve(world.source("simplestreams"), "alpine/3.20"));

        assertThat(offer.fingerprint().hex()).isEqualTo(fingerprint);
    }

    @Test
    @DisplayName("more than two million products: refused by number, and asked for again next time")
    void more_than_two_million_products_are_refused() {
        world.upstream.misbehave(FakeStreams.PRODUCTS, 1, Behaviours.made(products(2_000_000)));

        assertThat(Expect.no(world.resolve(world.source("simplestreams"), "alpine/3.20")).text())
                .contains("cannot be read", "must not have more than 2000000 products");
        assertThat(Expect.yes(world.resolve(world.source("simplestreams"), "alpine/3.20")).fingerprint().hex())
                .isEqualTo(fingerprint);
    }

    /** A valid document of this length that says nothing. */
    private static Iterable<Buffer> padding(int mebibytes) {
        Buffer some = Buffer.buffer(" ".repeat(MEBIBYTE));
        return () -> Stream.concat(
                        IntStream.range(0, mebibytes).mapToObj(i -> some), Stream.of(Buffer.buffer("{}")))
                .iterator();
    }

    /** Products that say nothing, and then the good one. */
    private Iterable<Buffer> products(int empty) {
        String good = "\"alpine/3.20\":" + streams.product("alpine/3.20").encode() + "}}";
        Stream<Buffer> others =
                IntStream.range(0, empty / AT_ONCE + 1).mapToObj(i -> some(i * AT_ONCE, empty));
        return Stream.concat(
                Stream.of(Buffer.buffer("{\"products\":{")), Stream.concat(others, Stream.of(Buffer.buffer(good))))::iterator;
    }

    private static Buffer some(int from, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < Math.min(from + AT_ONCE, end); i++) {
            text.append("\"p").append(i).append("\":{},");
        }
        return Buffer.buffer(text.toString());
    }
}
