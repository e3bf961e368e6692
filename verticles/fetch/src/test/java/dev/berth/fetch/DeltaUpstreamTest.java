package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.FakeStreams;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deltas consumed (formats facts 137 to 142). */
class DeltaUpstreamTest {
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] OLD = ImageFixtures.squashfsLike(200_000);
    private static final byte[] TAIL = "and some more".getBytes();
    private static final byte[] NEW = Buffer.buffer(OLD).appendBytes(TAIL).getBytes();
    private static final String PRODUCT = "alpine/3.20";

    @TempDir Path folder;
    private FetchWorld world;
    private FakeStreams streams;

    @BeforeEach
    void start() {
        world = new FetchWorld(folder).deployed();
        streams = world.upstream.streams();
        streams.add(PRODUCT, "20260821", METADATA, OLD);
        streams.add(PRODUCT, "20260822", METADATA, NEW);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    @DisplayName("formats 137: with the base here only metadata and delta are fetched")
    void a_file_is_rebuilt_from_one_that_is_here() throws IOException {
        byte[] delta = delta(OLD.length, TAIL);
        streams.addDelta(PRODUCT, "20260822", "20260821", delta).publish();
        hold(OLD);

        assertThat(fetched()).extracting(Arrived::bytes).containsExactly(METADATA, NEW);
        assertThat(world.upstream.requests(rootfs())).isZero();
        assertThat(Expect.soon(Gone.running(world.vertx, world.registry))).isZero();
        assertThat(folder.resolve("deltas")).isEmptyDirectory();
    }

    @Test
    void without_the_base_the_whole_file_is_fetched() {
        streams.addDelta(PRODUCT, "20260822", "20260821", delta(OLD.length, TAIL)).publish();
        Expect.soon(world.bus.answer(StoreContract.OPEN, open -> Future.succeededFuture(new Missing(open.blob()))));

        assertThat(fetched()).extracting(Arrived::bytes).containsExactly(METADATA, NEW);
        assertThat(world.upstream.requests(rootfs())).isEqualTo(1);
    }

    @Test
    @DisplayName("formats 140, 142: a delta that makes something else, or is nonsense, costs only itself")
    void a_wrong_delta_falls_back_to_the_whole_file() throws IOException {
        streams.addDelta(PRODUCT, "20260822", "20260821", delta(OLD.length, "and other mor".getBytes())).publish();
        hold(OLD);

        assertThat(fetched()).extracting(Arrived::bytes).containsExactly(METADATA, NEW);
        assertThat(world.upstream.requests(rootfs())).isEqualTo(1);
        assertThat(Expect.soon(Gone.running(world.vertx, world.registry))).isZero();
        assertThat(folder.resolve("deltas")).isEmptyDirectory();
    }

    @Test
    void a_delta_that_is_gone_falls_back_to_the_whole_file() throws IOException {
        streams.addDelta(PRODUCT, "20260822", "20260821", new byte[] {1, 2, 3}).publish();
        world.upstream.remove(streams.path(PRODUCT, "20260822", "root.20260821.vcdiff"));
        hold(OLD);

        assertThat(fetched()).extracting(Arrived::bytes).containsExactly(METADATA, NEW);
    }

    @Test
    void a_file_that_is_here_is_not_given_to_a_server_that_only_knows_its_name() throws IOException {
        byte[] last = {OLD[OLD.length - 1]};
        streams.add(PRODUCT, "20260823", METADATA, OLD);
        streams.addDelta(PRODUCT, "20260823", "20260821", delta(OLD.length - 1, last)).publish();
        hold(OLD);

        assertThat(fetched()).extracting(Arrived::bytes).containsExactly(METADATA, OLD);
        assertThat(world.upstream.requests(streams.path(PRODUCT, "20260823", "root.squashfs"))).isEqualTo(1);
    }

    private List<Arrived> fetched() {
        Offer offer = Expect.yes(world.resolve(world.source("simplestreams"), PRODUCT));
        return world.read(world.source("simplestreams"), offer);
    }

    private String rootfs() {
        return streams.path(PRODUCT, "20260822", "root.squashfs");
    }

    private void hold(byte[] blob) throws IOException {
        Path file = Files.write(folder.resolve("blob"), blob);
        Expect.soon(world.bus.answer(StoreContract.OPEN, open -> Future.succeededFuture(
                open.blob().hex().equals(ImageFixtures.fingerprint(blob))
                        ? new Local(file.toString(), blob.length)
                        : new Missing(open.blob()))));
    }

    /** Copies the whole source and adds {@code tail} (RFC 3284): one window, no compression, no checksum. */
    private static byte[] delta(int sourceLength, byte[] tail) {
        Buffer instructions = Buffer.buffer()
                .appendByte((byte) 19).appendBuffer(number(sourceLength))
                .appendByte((byte) 1).appendBuffer(number(tail.length));
        Buffer body = Buffer.buffer()
                .appendBuffer(number(sourceLength + tail.length))
                .appendByte((byte) 0)
                .appendBuffer(number(tail.length))
                .appendBuffer(number(instructions.length()))
                .appendBuffer(number(1))
                .appendBytes(tail)
                .appendBuffer(instructions)
                .appendByte((byte) 0);
        return Buffer.buffer()
                .appendBytes(new byte[] {(byte) 0xd6, (byte) 0xc3, (byte) 0xc4, 0, 0, 1})
                .appendBuffer(number(sourceLength))
                .appendBuffer(number(0))
                .appendBuffer(number(body.length()))
                .appendBuffer(body)
                .getBytes();
    }

    /** Seven bits a byte, the highest first. */
    private static Buffer number(int value) {
        Buffer digits = Buffer.buffer();
        for (int shift = 28; shift > 0; shift -= 7) {
            if (value >> shift != 0) {
                digits.appendByte((byte) (value >> shift & 0x7f | 0x80));
            }
        }
        return digits.appendByte((byte) (value & 0x7f));
    }
}
