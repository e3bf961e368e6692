package dev.berth.store;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.Done;
import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Drop;
import dev.berth.contract.StoreContract.Follow;
import dev.berth.contract.StoreContract.Grown;
import dev.berth.contract.StoreContract.Growth;
import dev.berth.contract.StoreContract.Keep;
import dev.berth.contract.StoreContract.Kept;
import dev.berth.contract.StoreContract.Lease;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.contract.StoreContract.Open;
import dev.berth.contract.StoreContract.Opened;
import dev.berth.contract.StoreContract.Release;
import dev.berth.contract.StoreContract.Stage;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StoreContract.Survey;
import dev.berth.contract.StoreContract.Surveyed;
import dev.berth.image.BlobId;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.DiskFull;
import dev.berth.kit.stream.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;

/** Answers {@link StoreContract} for this node. Deploy one instance: it alone owns the staging directory. */
public final class StoreVerticle extends VerticleBase {
    private static final long MOST_TICK_MILLIS = 1000;
    /** A thousand looks a second would cost a thirtieth of a core, whether there is something to delete or not. */
    private static final long LEAST_TICK_MILLIS = 50;
    /** How long the readers of a file that grows wait for a little more of it. */
    private static final long NEWS_MILLIS = 20;

    private final Disk disk;
    private final StoreConf conf;
    private final Streams streams;
    private final Clock clock;
    private final BlobPaths paths;
    private final SpaceLedger ledger;
    private final Leases leases;
    private final Deletion deletion;
    private final BlobStore store;
    private final StoreMeters meters;
    private final Stagings stagings = new Stagings();
    private final GrowingBlobs growing;
    private Workers workers;
    private long stagingNumber;

    public StoreVerticle(Disk disk, StoreConf conf, Streams streams, Clock clock, MeterRegistry registry) {
        this.disk = disk;
        this.conf = conf;
        this.streams = streams;
        this.clock = clock;
        this.paths = new BlobPaths(conf.dataDir());
        this.ledger = new SpaceLedger(this::freeBytes, conf.minFreeBytes(), conf.stagingLimitBytes());
        this.leases = new Leases(System::nanoTime, conf.leaseLimit());
        this.deletion = new Deletion(System::nanoTime, conf.deleteGrace(), leases);
        this.store = new BlobStore(disk, paths, leases, deletion);
        this.meters = new StoreMeters(registry, ledger::written, this::freeBytes);
        this.growing = new GrowingBlobs(meters::growing, news -> vertx.setTimer(NEWS_MILLIS, due -> news.run()));
    }

    /** Completes when staging is empty and all questions are answered; the catalog is compared afterwards. */
    @Override
    public Future<?> start() {
        workers = new Workers(vertx);
        Bus bus = new Bus(vertx);
        return workers.files(this::prepare)
                .compose(inventory -> answer(bus).map(inventory))
                .onSuccess(inventory -> tidy(bus, inventory));
    }

    /** Completes when nothing is left in staging and the threads are free. */
    @Override
    public Future<?> stop() {
        return stagings.dropAll().eventually(workers::close);
    }

    private Inventory prepare() throws Exception {
        store.prepare();
        Inventory inventory = Inventory.take(disk, paths);
        meters.counted(inventory);
        return inventory;
    }

    private Future<?> answer(Bus bus) {
        return Future.all(List.of(
                        bus.answer(StoreContract.STAGE, this::stage),
                        bus.answer(StoreContract.KEEP, this::keep),
                        bus.answer(StoreContract.DROP, this::drop),
                        bus.answer(StoreContract.LEASE, this::lease),
                        bus.answer(StoreContract.RELEASE, this::release),
                        bus.answer(StoreContract.OPEN, this::open),
                        bus.answer(StoreContract.FOLLOW, this::follow),
                        bus.answer(StoreContract.SURVEY, this::survey)))
                .compose(ready -> bus.hear(CatalogContract.ORPHANED, news -> deletion.condemn(news.blobs())));
    }

    private void tidy(Bus bus, Inventory inventory) {
        Sweeper sweeper = new Sweeper(bus, workers, store, leases, deletion, meters);
        long tick = Math.max(LEAST_TICK_MILLIS, Math.min(MOST_TICK_MILLIS, conf.deleteGrace().toMillis()));
        vertx.setPeriodic(tick, id -> sweeper.tick());
        new Reconciler(vertx, bus, workers, store, deletion, meters, clock, conf.orphanGrace()).reconcile(inventory);
    }

    private Future<Staging> stage(Stage stage) {
        StagingRun run = new StagingRun(workers, growing.watcher(stage));
        StagingPlace place = placeFor(stage);
        return stagings.begin(
                stage,
                run,
                () -> run.run(
                        streams,
                        stage.stream(),
                        () -> StagingFile.open(place, ledger, meters, stage.expectedLength())));
    }

    private StagingPlace placeFor(Stage stage) {
        Path path = paths.staging(stage.ticket(), ++stagingNumber);
        return GrowingBlobs.mayBeRead(stage)
                ? StagingPlace.forReaders(disk, path)
                : StagingPlace.unread(disk, path, conf.pastCacheAfter());
    }

    private Future<Answer<Kept>> keep(Keep keep) {
        return stagings.keep(keep, staged -> workers.forces(() -> publish(staged, keep))
                        .onComplete(kept -> growing.settled(keep.stagingId(), keep.blob(), kept.cause())))
                .map(Answer::yes)
                .recover(StoreVerticle::fullAsAnswer);
    }

    /** Space was promised, but others fill the disk too, and some file systems say so only when bytes are forced. */
    private static Future<Answer<Kept>> fullAsAnswer(Throwable cause) {
        return cause instanceof DiskFull
                ? Future.succeededFuture(
                        Answer.no(Refused.full(cause.getMessage() + "; delete images or enlarge the disk")))
                : Future.failedFuture(cause);
    }

    private Kept publish(StagingFile staged, Keep keep) throws Exception {
        Published published = store.publish(staged, keep.blob(), keep.ticket());
        meters.kept(published);
        return new Kept(keep.blob(), published.length(), published.wasThere());
    }

    private Future<Done> drop(Drop drop) {
        return stagings.drop(drop.ticket()).map(Done.DONE);
    }

    private Future<Answer<Done>> lease(Lease lease) {
        return workers.files(() -> store.lease(lease.ticket(), lease.blobs()))
                .map(missing -> missing
                        .map(blob -> Answer.<Done>no(Refused.notFound("the bytes " + blob + " are not here any more")))
                        .orElseGet(Answer::done));
    }

    /** A blob whose record was never written has nobody else to remove it, so the catalog is asked after the grace time. */
    private Future<Done> release(Release release) {
        deletion.condemn(leases.release(release.ticket()));
        return Future.succeededFuture(Done.DONE);
    }

    private Future<Opened> open(Open open) {
        return look(open.blob()).compose(opened -> opened instanceof Missing && open.patienceMillis() > 0
                ? growing.appearance(open.blob(), open.patienceMillis()).compose(appeared -> look(open.blob()))
                : Future.succeededFuture(opened));
    }

    /** Kept ones first: they can be sent without another question. One that is kept during the look is looked for again. */
    private Future<Opened> look(BlobId blob) {
        boolean wasGrowing = growing.find(blob).isPresent();
        return workers.files(() -> store.find(blob))
                .map(length -> opened(blob, length))
                .compose(opened -> wasGrowing && opened instanceof Missing ? look(blob) : Future.succeededFuture(opened));
    }

    private Opened opened(BlobId blob, OptionalLong length) {
        if (length.isPresent()) {
            return new Local(store.pathOf(blob).toString(), length.getAsLong());
        }
        return growing.find(blob).<Opened>map(GrowingBlob::described).orElseGet(() -> new Missing(blob));
    }

    /** A slow reader may ask when the blob has long been kept; then all of it may be read. */
    private Future<Growth> follow(Follow follow) {
        return growing.follow(follow).orElseGet(() -> workers.files(() -> store.find(follow.blob()))
                .map(length -> length.isPresent() ? new Grown(length.getAsLong()) : growing.reason(follow.stagingId())));
    }

    private Future<Surveyed> survey(Survey survey) {
        return workers.files(() ->
                new Surveyed(meters.blobs(), meters.blobBytes(), ledger.written(), freeBytes(), leases.leased()));
    }

    private long freeBytes() {
        return disk.usableSpace(paths.staging());
    }
}
