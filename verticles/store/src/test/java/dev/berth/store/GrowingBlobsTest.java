package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Drop;
import dev.berth.contract.StoreContract.Follow;
import dev.berth.contract.StoreContract.Growing;
import dev.berth.contract.StoreContract.Grown;
import dev.berth.contract.StoreContract.Growth;
import dev.berth.contract.StoreContract.Keep;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.contract.StoreContract.Open;
import dev.berth.contract.StoreContract.Opened;
import dev.berth.contract.StoreContract.Stage;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StoreContract.Stopped;
import dev.berth.image.BlobId;
import dev.berth.kit.disk.LocalDisk;
import dev.berth.kit.stream.StreamOutlet;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("architecture 6: readers follow a file that arrives, and nobody completes a wrong one")
class GrowingBlobsTest {
    private static final int LENGTH = 500_000;

    @TempDir
    private Path data;

    private final byte[] bytes = new byte[LENGTH];
    private RunningStore store;
    private BlobId blob;
    private StreamOutlet outlet;

    @BeforeEach
    void start() throws Exception {
        new Random(7).nextBytes(bytes);
        blob = RunningStore.blobOf(bytes);
        store = RunningStore.on(new LocalDisk(), RunningStore.quick(data));
        outlet = store.outlet();
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    @Test
    void the_last_block_may_be_read_only_when_the_stream_ended_well() throws Exception {
        Future<Staging> staging = begin();
        Growing growing = growing();
        assertThat(growing.length()).isEqualTo(LENGTH);
        assertThat(Path.of(growing.path())).exists();

        write(0, LENGTH);
        long most = LENGTH - GrowingBlob.HELD_BACK;
        for (long readable = 0; readable < most; ) {
            readable = ((Grown) follow(growing, readable)).readable();
            assertThat(readable).isLessThanOrEqualTo(most);
        }
        Future<Growth> last = ask(growing, most);
        assertThat(last.isComplete()).as("all bytes are written, but nobody vouched for them").isFalse();
        store.producer.runOnContext(go -> outlet.end());

        assertThat(RunningStore.done(last)).isEqualTo(new Grown(LENGTH));
        Staged staged = (Staged) RunningStore.done(staging);
        store.ask(StoreContract.KEEP, new Keep("t", staged.stagingId(), blob));
        assertThat(open(0)).isInstanceOf(Local.class);
        assertThat(follow(growing, most)).as("a slow reader asks later").isEqualTo(new Grown(LENGTH));
    }

    @Test
    void a_broken_stream_stops_its_readers_and_says_why() throws Exception {
        begin();
        Growing growing = growing();
        write(0, 100_000);
        Future<Growth> waiting = ask(growing, LENGTH - GrowingBlob.HELD_BACK);

        store.producer.runOnContext(go -> outlet.fail("Hash mismatch for x: a != b"));

        assertThat(((Stopped) RunningStore.done(waiting)).text()).contains("Hash mismatch for x: a != b");
        assertThat(open(0)).isEqualTo(new Missing(blob));
        assertThat(follow(growing, 0)).isInstanceOf(Stopped.class);
    }

    @Test
    void a_stream_that_ends_short_is_never_whole() throws Exception {
        begin();
        Growing growing = growing();

        store.send(outlet, Arrays.copyOf(bytes, 400_000));

        Growth growth = follow(growing, 0);
        while (growth instanceof Grown grown) {
            assertThat(grown.readable()).isLessThan(LENGTH);
            growth = follow(growing, grown.readable());
        }
        assertThat(((Stopped) growth).text()).contains("expected 500000 bytes, got 400000");
    }

    @Test
    void a_transfer_that_is_given_up_stops_its_readers() throws Exception {
        begin();
        Growing growing = growing();
        Future<Growth> waiting = ask(growing, 0);

        store.ask(StoreContract.DROP, new Drop("t"));

        assertThat(((Stopped) RunningStore.done(waiting)).text()).contains("given up");
    }

    @Test
    void an_asker_with_patience_is_told_when_the_blob_begins_to_come() throws Exception {
        Future<Opened> patient = store.bus.ask(StoreContract.OPEN, new Open(blob, 20_000));
        assertThat(open(0)).isEqualTo(new Missing(blob));

        begin();

        assertThat(RunningStore.done(patient)).isInstanceOf(Growing.class);
        assertThat(open(50)).isInstanceOf(Growing.class);
    }

    @Test
    void patience_ends() throws Exception {
        assertThat(open(50)).isEqualTo(new Missing(blob));
    }

    private Future<Staging> begin() {
        return store.bus.ask(StoreContract.STAGE, new Stage("t", outlet.address(), LENGTH, blob));
    }

    private Growing growing() throws Exception {
        return (Growing) open(10_000);
    }

    private Opened open(long patience) throws Exception {
        return store.ask(StoreContract.OPEN, new Open(blob, patience));
    }

    private Future<Growth> ask(Growing growing, long beyond) {
        return store.bus.ask(StoreContract.FOLLOW, new Follow(blob, growing.stagingId(), beyond));
    }

    private Growth follow(Growing growing, long beyond) throws Exception {
        return RunningStore.done(ask(growing, beyond));
    }

    private void write(int from, int to) {
        store.producer.runOnContext(go -> outlet.write(Buffer.buffer(bytes).slice(from, to)));
    }
}
