package dev.berth.store;

import static dev.berth.store.RunningStore.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Answer;
import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Broken;
import dev.berth.contract.StoreContract.Drop;
import dev.berth.contract.StoreContract.Keep;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.kit.disk.DiskFull;
import dev.berth.kit.stream.StreamOutlet;
import dev.berth.testkit.disk.FakeDisk;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Fails every single call of an import and of a deletion, once and for good (reliability R08, R10, R30, R33). */
final class FailingDiskTest {
    private static final byte[] IMAGE = bytes(1, 1400);
    private static final byte[] OTHER = bytes(2, 300);

    @Test
    @DisplayName("reliability R08, R10: each call of an import fails once")
    void an_import_whose_nth_call_fails_leaves_nothing_and_the_next_succeeds() throws IOException {
        int calls = callsOfAnImport();
        for (int n = 1; n <= calls; n++) {
            FakeDisk disk = new FakeDisk();
            BrittleStore store = prepared(disk);
            failCall(disk, n);

            boolean failed = fails(() -> store.imported(IMAGE));

            disk.heal();
            if (failed) {
                assertThat(store.inventory().blobs()).as("blobs after call %d failed", n).isEmpty();
            }
            assertClean(store, n);
            store.imported(IMAGE);
            assertWhole(store, n);
        }
    }

    @Test
    @DisplayName("reliability R14: the disk breaks for good, is repaired, and the service started again")
    void an_import_on_a_disk_that_breaks_for_good_is_cleaned_up_at_the_next_start() throws IOException {
        int calls = callsOfAnImport();
        for (int n = 1; n <= calls; n++) {
            FakeDisk disk = new FakeDisk();
            BrittleStore store = prepared(disk);
            disk.failFrom(n, () -> new IOException("the disk is dead"));
            fails(() -> store.imported(IMAGE));
            disk.heal();

            BrittleStore restarted = store.restartedOn(disk);
            restarted.recover();

            assertClean(restarted, n);
            assertWhole(restarted, n);
            restarted.imported(IMAGE);
            assertWhole(restarted, n);
        }
    }

    @Test
    void a_deletion_whose_nth_call_fails_is_done_later_and_harms_nobody() throws IOException {
        for (int n = 1; n <= 4; n++) {
            FakeDisk disk = new FakeDisk();
            BrittleStore store = prepared(disk);
            store.imported(IMAGE);
            store.imported(OTHER);
            failCall(disk, n);

            fails(() -> store.delete(IMAGE));
            disk.heal();
            store.sweep();

            assertThat(store.inventory().blobs()).containsOnlyKeys(Sha256.of(OTHER));
            assertWhole(store, n);
        }
    }

    @Test
    @DisplayName("reliability R08: fsync is not called again on that descriptor")
    void a_force_that_failed_is_never_tried_again_on_the_same_file() throws IOException {
        FakeDisk disk = new FakeDisk();
        disk.createDirectories(BrittleStore.DATA);
        SpaceLedger ledger = new SpaceLedger(() -> 1 << 20, 0, 1 << 20);
        StagingFile file = StagingFile.open(
                StagingPlace.forReaders(disk, BrittleStore.DATA.resolve("file")),
                ledger,
                new StoreMeters(new SimpleMeterRegistry(), () -> 0, () -> 0),
                -1);
        file.append(List.of(ByteBuffer.wrap(IMAGE)));
        disk.failCall(1, () -> new IOException("EIO"));
        assertThatThrownBy(file::force).hasMessage("EIO");
        int calls = disk.calls();

        assertThatThrownBy(file::force).hasMessageContaining("an earlier force of this file failed");

        assertThat(disk.calls()).isEqualTo(calls);
    }

    @Test
    @DisplayName("reliability R30, R33: a full disk in the middle, deleting on it, and a small import afterwards")
    void a_disk_that_others_fill_refuses_in_words_and_leaves_room_as_before() throws IOException {
        FakeDisk disk = new FakeDisk().capacity(1000);
        BrittleStore store = prepared(disk);
        store.imported(OTHER);

        assertThatThrownBy(() -> store.imported(IMAGE))
                .isInstanceOf(DiskFull.class)
                .hasMessage("no space left: wanted 1400 bytes, 700 available (0 are kept free);"
                        + " delete images or enlarge the disk");

        assertThat(disk.usableSpace(BrittleStore.DATA)).isEqualTo(700);
        assertThat(store.ledger.held()).isZero();
        disk.capacity(300);
        store.delete(OTHER);
        store.imported(OTHER);
        assertWhole(store, 0);
    }

    @Test
    void a_staging_file_that_could_not_be_removed_goes_when_its_transfer_is_dropped() throws Exception {
        FakeDisk disk = new FakeDisk();
        RunningStore store = RunningStore.on(disk, RunningStore.quick(BrittleStore.DATA));
        StreamOutlet outlet = store.outlet();
        Future<Staging> staging = store.stage("t1", outlet, -1);
        done(outlet.attached());
        store.producer.runOnContext(go -> outlet.write(Buffer.buffer(IMAGE)));
        store.until("written", () -> store.metric("berth.store.staging.bytes") == IMAGE.length);
        disk.failCall(2, () -> new IOException("the directory cannot be written"));

        store.producer.runOnContext(go -> outlet.fail("the client went away"));
        assertThat(done(staging)).isEqualTo(new Broken("the client went away"));
        store.ask(StoreContract.DROP, new Drop("t1"));

        assertThat(store.survey().stagedBytes()).isZero();
        assertThat(disk.list(BrittleStore.DATA.resolve("staging"))).isEmpty();
        store.close();
    }

    @Test
    void small_images_of_known_length_do_not_refuse_each_other_on_a_nearly_full_disk() throws IOException {
        FakeDisk disk = new FakeDisk();
        disk.createDirectories(BrittleStore.DATA);
        SpaceLedger ledger = new SpaceLedger(() -> 3000, 0, Long.MAX_VALUE);

        for (int i = 0; i < 3; i++) {
            StagingFile.open(
                    StagingPlace.forReaders(disk, BrittleStore.DATA.resolve("file" + i)),
                    ledger,
                    new StoreMeters(new SimpleMeterRegistry(), () -> 0, () -> 0),
                    1000);
        }

        assertThat(ledger.held()).isEqualTo(3000);
    }

    @Test
    void a_disk_that_is_full_only_when_bytes_are_forced_refuses_in_words() throws Exception {
        FakeDisk disk = new FakeDisk();
        RunningStore store = RunningStore.on(disk, RunningStore.quick(BrittleStore.DATA));
        Staged staged = store.staged("t1", IMAGE);
        disk.failFrom(2, () -> new DiskFull("no space left on the disk for t1-1", null));

        assertThat(store.ask(StoreContract.KEEP, new Keep("t1", staged.stagingId(), Sha256.of(IMAGE))))
                .isEqualTo(Answer.no(Refused.full(
                        "no space left on the disk for t1-1; delete images or enlarge the disk")));

        disk.heal();
        store.close();
    }

    private static void failCall(FakeDisk disk, int n) {
        disk.failCall(n, () -> new IOException("call " + n + " broke"));
    }

    private static int callsOfAnImport() throws IOException {
        FakeDisk disk = new FakeDisk();
        BrittleStore store = prepared(disk);
        int before = disk.calls();
        store.imported(IMAGE);
        return disk.calls() - before;
    }

    private static BrittleStore prepared(FakeDisk disk) throws IOException {
        BrittleStore store = new BrittleStore(disk);
        store.prepare();
        return store;
    }

    private static void assertClean(BrittleStore store, int n) throws IOException {
        assertThat(store.stagingIsEmpty()).as("staging after call %d failed", n).isTrue();
        assertThat(store.ledger.held()).as("space held after call %d failed", n).isZero();
    }

    private static void assertWhole(BrittleStore store, int n) throws IOException {
        BlobReport report = store.verify();
        assertThat(report.isSound()).as("after call %d failed: %s", n, report).isTrue();
        assertThat(report.orphaned()).as("orphans after call %d failed", n).isEmpty();
    }

    private static boolean fails(Work work) {
        try {
            work.run();
            return false;
        } catch (IOException expected) {
            return true;
        }
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Something that may fail. */
    private interface Work {
        void run() throws IOException;
    }
}
