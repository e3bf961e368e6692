package dev.berth.store;

import static dev.berth.store.RunningStore.blobOf;
import static dev.berth.store.RunningStore.done;
import static dev.berth.store.RunningStore.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Orphaned;
import dev.berth.contract.Done;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Broken;
import dev.berth.contract.StoreContract.Drop;
import dev.berth.contract.StoreContract.Full;
import dev.berth.contract.StoreContract.Keep;
import dev.berth.contract.StoreContract.Kept;
import dev.berth.contract.StoreContract.Lease;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.contract.StoreContract.Release;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StoreContract.Surveyed;
import dev.berth.contract.StreamContract.Failed;
import dev.berth.image.BlobId;
import dev.berth.kit.disk.LocalDisk;
import dev.berth.kit.stream.StreamOutlet;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreVerticleTest {
    private static final byte[] IMAGE = bytes(1, 3_000_000);
    private static final byte[] OTHER = bytes(2, 10_000);

    @TempDir
    private Path data;

    private RunningStore store;

    @BeforeEach
    void deploy() throws Exception {
        store = RunningStore.on(new LocalDisk(), quick(data));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void staged_bytes_become_a_blob_under_their_hash() throws Exception {
        Staged staged = store.staged("t1", IMAGE);
        assertThat(Path.of(staged.path())).hasBinaryContent(IMAGE);

        Kept kept = done(store.keep("t1", staged, blobOf(IMAGE)));

        assertThat(kept).isEqualTo(new Kept(blobOf(IMAGE), IMAGE.length, false));
        assertThat(store.open(blobOf(IMAGE)))
                .isEqualTo(new Local(store.fileOf(blobOf(IMAGE)).toString(), IMAGE.length));
        assertThat(store.fileOf(blobOf(IMAGE))).hasBinaryContent(IMAGE);
        assertThat(store.stagingNames()).isEmpty();
    }

    @Test
    void an_empty_stream_is_a_blob_of_no_bytes() throws Exception {
        store.kept("t1", new byte[0]);

        assertThat(store.open(blobOf(new byte[0]))).isInstanceOfSatisfying(Local.class, local -> assertThat(
                        local.length())
                .isZero());
    }

    @Test
    void a_blob_that_was_never_kept_is_missing() throws Exception {
        assertThat(store.open(blobOf(IMAGE))).isEqualTo(new Missing(blobOf(IMAGE)));
    }

    @Test
    @DisplayName("two files of one transfer lie side by side in staging")
    void a_split_image_is_two_blobs_under_one_ticket() throws Exception {
        Staged metadata = store.staged("t1", OTHER);
        Staged rootfs = store.staged("t1", IMAGE);

        done(store.keep("t1", metadata, blobOf(OTHER)));
        done(store.keep("t1", rootfs, blobOf(IMAGE)));

        assertThat(store.survey().leased()).containsExactlyInAnyOrder(blobOf(IMAGE), blobOf(OTHER));
    }

    @Test
    void a_second_record_of_the_same_bytes_leases_them_without_sending_them_again() throws Exception {
        store.imported("t1", IMAGE);

        Answer<Done> leased = done(store.bus.ask(StoreContract.LEASE, new Lease("t2", List.of(blobOf(IMAGE)))));

        assertThat(leased).isEqualTo(Answer.done());
        assertThat(store.survey().leased()).containsExactly(blobOf(IMAGE));
    }

    @Test
    void a_lease_on_bytes_that_are_gone_is_refused_and_holds_none_of_the_others() throws Exception {
        store.kept("t1", IMAGE);
        done(store.bus.ask(StoreContract.RELEASE, new Release("t1")));

        Answer<Done> leased =
                done(store.bus.ask(StoreContract.LEASE, new Lease("t2", List.of(blobOf(IMAGE), blobOf(OTHER)))));

        assertThat(leased.fold(Done::toString, refused -> refused.reason().name())).isEqualTo("NOT_FOUND");
        assertThat(store.survey().leased()).isEmpty();
    }

    @Test
    void two_transfers_of_the_same_bytes_share_one_blob() throws Exception {
        Staged first = store.staged("t1", IMAGE);
        Staged second = store.staged("t2", IMAGE);

        Future<Kept> one = store.keep("t1", first, blobOf(IMAGE));
        Future<Kept> two = store.keep("t2", second, blobOf(IMAGE));

        assertThat(done(one).wasThere() ^ done(two).wasThere()).isTrue();
        assertThat(store.survey()).returns(1L, Surveyed::blobs).returns((long) IMAGE.length, Surveyed::blobBytes);
        assertThat(store.stagingNames()).isEmpty();
    }

    @Test
    void a_damaged_file_under_the_blobs_name_is_set_aside_and_replaced() throws Exception {
        Path place = store.fileOf(blobOf(IMAGE));
        Files.createDirectories(place.getParent());
        Files.writeString(place, "damaged");

        Kept kept = store.kept("t1", IMAGE);

        assertThat(kept.wasThere()).isFalse();
        assertThat(place).hasBinaryContent(IMAGE);
        try (var aside = Files.list(data.resolve("quarantine"))) {
            assertThat(aside.findFirst().orElseThrow()).hasContent("damaged");
        }
        assertThat(store.registry.counter("berth.store.quarantined").count()).isEqualTo(1);
    }

    @Test
    void a_damaged_file_of_the_right_length_is_replaced_by_the_next_import_after_a_start() throws Exception {
        BlobId blob = store.imported("t1", IMAGE);
        byte[] rotten = IMAGE.clone();
        rotten[rotten.length / 2] ^= 1;
        Files.write(store.fileOf(blob), rotten);
        store.undeploy();
        store.deploy(new LocalDisk(), quick(data));

        assertThat(store.kept("t2", IMAGE).wasThere()).isFalse();

        assertThat(store.fileOf(blob)).hasBinaryContent(IMAGE);
        try (var aside = Files.list(data.resolve("quarantine"))) {
            assertThat(aside.findFirst().orElseThrow()).hasBinaryContent(rotten);
        }
    }

    @Test
    void dropping_removes_what_is_staged_and_twice_is_fine() throws Exception {
        Staged staged = store.staged("t1", IMAGE);

        assertThat(store.ask(StoreContract.DROP, new Drop("t1"))).isEqualTo(Done.DONE);
        assertThat(store.ask(StoreContract.DROP, new Drop("t1"))).isEqualTo(Done.DONE);

        assertThat(store.stagingNames()).isEmpty();
        assertThat(store.survey().stagedBytes()).isZero();
        assertThatThrownBy(() -> done(store.keep("t1", staged, blobOf(IMAGE)))).hasMessageContaining("nothing is staged");
    }

    @Test
    void dropping_a_running_transfer_stops_its_producer_and_leaves_nothing() throws Exception {
        StreamOutlet outlet = store.outlet();
        Future<Staging> staging = store.stage("t1", outlet, -1);
        done(outlet.attached());
        store.producer.runOnContext(go -> outlet.write(Buffer.buffer(OTHER)));

        store.ask(StoreContract.DROP, new Drop("t1"));

        assertThat(done(staging)).isEqualTo(new Broken("the transfer was given up"));
        assertThat(done(outlet.settled())).isEqualTo(new Failed("the transfer was given up"));
        assertThat(store.stagingNames()).isEmpty();
    }

    @Test
    void a_stream_that_breaks_leaves_nothing_and_says_why() throws Exception {
        StreamOutlet outlet = store.outlet();
        Future<Staging> staging = store.stage("t1", outlet, -1);
        store.producer.runOnContext(
                go -> outlet.write(Buffer.buffer(OTHER)).onSuccess(sent -> outlet.fail("the client went away")));

        assertThat(done(staging)).isEqualTo(new Broken("the client went away"));
        assertThat(store.stagingNames()).isEmpty();
        assertThat(store.survey().stagedBytes()).isZero();
    }

    @Test
    void a_stream_that_nobody_opened_is_broken() throws Exception {
        assertThat(done(store.bus.ask(StoreContract.STAGE, new StoreContract.Stage("t1", "no.such.stream", -1))))
                .isInstanceOf(Broken.class);
        assertThat(store.stagingNames()).isEmpty();
    }

    @Test
    @DisplayName("reliability R32: refused in words before the first byte")
    void more_than_the_disk_can_hold_is_refused_before_the_first_byte() throws Exception {
        StreamOutlet outlet = store.outlet();

        Staging answer = done(store.stage("t1", outlet, Long.MAX_VALUE / 2));

        assertThat(answer).isInstanceOfSatisfying(Full.class, full -> assertThat(full.text())
                .startsWith("no space left: wanted " + Long.MAX_VALUE / 2 + " bytes, ")
                .contains("available"));
        assertThat(done(outlet.settled())).isEqualTo(new Failed(((Full) answer).text()));
        assertThat(outlet.sent()).isZero();
        assertThat(store.stagingNames()).isEmpty();
    }

    @Test
    void a_ticket_never_becomes_a_path() throws Exception {
        store.staged("../../escape/%2e", OTHER);

        assertThat(store.stagingNames()).singleElement().asString().startsWith("______escape__2e-");
    }

    @Test
    void an_unreferenced_blob_goes_after_the_grace_time() throws Exception {
        BlobId blob = store.imported("t1", IMAGE);

        store.forget(blob);

        store.until("the blob is unlinked", () -> !Files.exists(store.fileOf(blob)));
        store.until("it is counted", () -> store.registry.counter("berth.store.deleted").count() == 1);
        assertThat(store.open(blob)).isEqualTo(new Missing(blob));
        assertThat(store.survey()).returns(0L, Surveyed::blobs).returns(0L, Surveyed::blobBytes);
    }

    @Test
    void a_blob_that_a_record_still_refers_to_stays() throws Exception {
        BlobId shared = store.imported("t1", IMAGE);
        BlobId alone = store.imported("t2", OTHER);

        store.bus.announce(
                CatalogContract.ORPHANED,
                new Orphaned(List.of(shared)));
        store.forget(alone);

        store.until("the other is unlinked", () -> !Files.exists(store.fileOf(alone)));
        assertThat(store.fileOf(shared)).exists();
    }

    @Test
    @DisplayName("reliability R22: a download that runs keeps its bytes")
    void a_reader_that_opened_a_blob_before_its_deletion_reads_it_whole() throws Exception {
        BlobId blob = store.imported("t1", IMAGE);
        Local local = (Local) store.open(blob);
        try (InputStream reader = Files.newInputStream(Path.of(local.path()))) {
            store.forget(blob);
            store.until("the blob is unlinked", () -> !Files.exists(store.fileOf(blob)));

            assertThat(reader.readAllBytes()).isEqualTo(IMAGE);
        }
    }

    @Test
    @DisplayName("reliability R21: deletion between rename and commit, held open")
    void a_leased_blob_is_not_deleted_until_its_transfer_lets_go() throws Exception {
        store.kept("t1", IMAGE);
        store.forget(blobOf(IMAGE));
        BlobId witness = store.imported("t2", OTHER);
        store.forget(witness);
        store.until("the witness is unlinked", () -> !Files.exists(store.fileOf(witness)));
        assertThat(store.fileOf(blobOf(IMAGE))).exists();

        store.ask(StoreContract.RELEASE, new Release("t1"));

        Path gone = store.fileOf(blobOf(IMAGE));
        store.until("nobody refers to it, so it goes", () -> !Files.exists(gone));
    }

    @Test
    void stopping_gives_up_what_runs_and_leaves_no_staging() throws Exception {
        StreamOutlet outlet = store.outlet();
        Future<Staging> staging = store.stage("t1", outlet, -1);
        done(outlet.attached());
        store.staged("t2", OTHER);

        store.undeploy();

        assertThat(done(outlet.settled())).isInstanceOf(Failed.class);
        assertThat(staging.isComplete()).isTrue();
        assertThat(store.stagingNames()).isEmpty();
    }

    @Test
    @DisplayName("architecture 4: start-up reconciles")
    void a_start_empties_staging_and_removes_blobs_without_a_record() throws Exception {
        BlobId recorded = store.imported("t1", IMAGE);
        store.kept("t2", OTHER);
        store.undeploy();
        Files.writeString(data.resolve("staging/left-1"), "half an image");

        store.deploy(new LocalDisk(), quick(data));

        assertThat(store.stagingNames()).isEmpty();
        Path orphan = store.fileOf(blobOf(OTHER));
        store.until("the orphan goes", () -> !Files.exists(orphan));
        assertThat(store.fileOf(recorded)).hasBinaryContent(IMAGE);
    }

    @Test
    void a_start_leaves_young_blobs_without_a_record_alone_and_counts_missing_ones() throws Exception {
        store.kept("t1", OTHER);
        store.records.add(blobOf(IMAGE));
        store.undeploy();

        store.deploy(
                new LocalDisk(),
                new StoreConf(data, 0, Long.MAX_VALUE, 0, Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1)));

        store.until("the missing one is counted", () -> store.metric("berth.store.missing") == 1);
        assertThat(store.fileOf(blobOf(OTHER))).exists();
    }

    @Test
    void the_disk_has_work_long_before_a_stream_ends() throws Exception {
        byte[] large = bytes(3, 17 << 20);
        store.undeploy();
        store.deploy(
                new LocalDisk(),
                new StoreConf(data, 0, Long.MAX_VALUE, 64 << 20, Duration.ZERO, Duration.ZERO, Duration.ofHours(1)));
        StreamOutlet outlet = store.outlet();
        Future<Staging> staging = store.stage("t1", outlet, large.length);
        store.producer.runOnContext(go -> outlet.write(Buffer.buffer(large)));

        store.until("forced while more may come", () -> store.registry.timer("berth.store.force").count() > 0);
        assertThat(staging.isComplete()).isFalse();
        store.producer.runOnContext(go -> outlet.end());

        assertThat(Path.of(((Staged) done(staging)).path())).hasBinaryContent(large);
    }

    @Test
    void what_it_tells_about_itself_fits_what_happened() throws Exception {
        store.imported("t1", IMAGE);
        store.staged("t2", OTHER);

        assertThat(store.metric("berth.store.blobs")).isEqualTo(1);
        assertThat(store.metric("berth.store.blob.bytes")).isEqualTo(IMAGE.length);
        assertThat(store.metric("berth.store.staging.bytes")).isEqualTo(OTHER.length);
        assertThat(store.metric("berth.store.free.bytes")).isPositive();
        assertThat(store.registry.timer("berth.store.write").count()).isPositive();
        assertThat(store.registry.timer("berth.store.force").count()).isEqualTo(1);
        assertThat(store.survey()).returns((long) OTHER.length, Surveyed::stagedBytes);
    }

    @Test
    void keeping_under_another_transfers_ticket_is_refused() throws Exception {
        Staged staged = store.staged("t1", OTHER);

        assertThatThrownBy(() -> store.ask(
                        StoreContract.KEEP, new Keep("t2", staged.stagingId(), blobOf(OTHER))))
                .hasMessageContaining("nothing is staged");
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
