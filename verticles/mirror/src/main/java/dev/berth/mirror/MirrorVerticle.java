package dev.berth.mirror;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.Done;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Obtain;
import dev.berth.contract.IntakeContract.Obtained;
import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.BringImage;
import dev.berth.contract.MirrorContract.BringItem;
import dev.berth.contract.MirrorContract.FindItem;
import dev.berth.contract.MirrorContract.FindMirrored;
import dev.berth.contract.MirrorContract.Item;
import dev.berth.contract.MirrorContract.Mirrored;
import dev.berth.contract.MirrorContract.ReadSnapshot;
import dev.berth.contract.MirrorContract.Snapshot;
import dev.berth.contract.MirrorContract.Upstream;
import dev.berth.contract.MirrorContract.Upstreams;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Architecture;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Answers {@link MirrorContract}. Asks the upstreams when it starts, and again and again; nobody waits for them. */
public final class MirrorVerticle extends VerticleBase {
    private static final String PROJECT = "default";
    private static final double JITTER = 0.1;
    private static final Architecture HOST =
            Architecture.find(System.getProperty("os.arch")).orElse(Architecture.X86_64);

    private final MirrorConf conf;
    private final Clock clock;
    private final MirrorMeters meters;
    private final Map<String, UpstreamKeeper> keepers = new LinkedHashMap<>();
    private Bus bus;
    private WorkerExecutor worker;

    public MirrorVerticle(MirrorConf conf, Clock clock, MeterRegistry registry) {
        this.conf = conf;
        this.clock = clock;
        this.meters = new MirrorMeters(registry, clock);
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx);
        worker = vertx.createSharedWorkerExecutor("berth-mirror", 1);
        return worker.executeBlocking(this::sources)
                .onSuccess(this::keep)
                .compose(kept -> Future.all(List.of(
                        bus.answer(MirrorContract.UPSTREAMS, asked -> Future.succeededFuture(upstreams())),
                        bus.answer(MirrorContract.SNAPSHOT, asked -> answered(snapshot(asked))),
                        bus.answer(MirrorContract.ITEM, asked -> answered(item(asked))),
                        bus.answer(MirrorContract.BRING, asked -> answered(bring(asked))),
                        bus.answer(MirrorContract.BRING_IMAGE, asked -> answered(bringImage(asked))),
                        bus.answer(MirrorContract.FIND, asked -> answered(find(asked))),
                        bus.hear(CatalogContract.CHANGED, changed -> keepers.values().forEach(UpstreamKeeper::catalogChanged)))))
                .onSuccess(answering -> keepers.values().forEach(keeper -> keeper.begin().onComplete(begun -> refresh(keeper))));
    }

    @Override
    public Future<?> stop() {
        return worker.close();
    }

    private Map<UpstreamConf, Source> sources() throws IOException {
        Map<UpstreamConf, Source> sources = new LinkedHashMap<>();
        for (UpstreamConf upstream : conf.upstreams()) {
            String pin = upstream.certificate() == null ? "" : Files.readString(upstream.certificate());
            sources.put(upstream, new Source(upstream.url(), upstream.protocol(), pin, "", ""));
        }
        return sources;
    }

    private void keep(Map<UpstreamConf, Source> sources) {
        Delistings delistings = new Delistings(vertx, bus);
        sources.forEach((upstream, source) -> {
            DelistedMemory memory = new DelistedMemory(conf.folder().resolve(upstream.name() + ".delisted"));
            UpstreamKeeper keeper = new UpstreamKeeper(upstream, source, bus, worker, clock, delistings, memory);
            keepers.put(upstream.name(), keeper);
            meters.watch(keeper);
        });
    }

    /** Upstreams of one service, and services of one upstream, do not ask in step. */
    private void refresh(UpstreamKeeper keeper) {
        double spread = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        long pause = Math.max(1, (long) (keeper.conf().fresh().toMillis() * spread));
        keeper.refresh(keeper.conf().fresh())
                .onComplete(done -> vertx.setTimer(pause, later -> refresh(keeper)));
    }

    private Upstreams upstreams() {
        return new Upstreams(keepers.values().stream().map(MirrorVerticle::upstream).toList());
    }

    private static Upstream upstream(UpstreamKeeper keeper) {
        UpstreamConf conf = keeper.conf();
        Standing standing = keeper.standing();
        return new Upstream(
                conf.name(), conf.protocol(), conf.url(), expose(keeper),
                standing.list() == null ? 0 : standing.list().listed().size(), standing.asked(), standing.trouble());
    }

    private static List<String> expose(UpstreamKeeper keeper) {
        return keeper.conf().expose().stream().map(Exposure::word).sorted().toList();
    }

    private Future<Snapshot> snapshot(ReadSnapshot asked) {
        return keeper(asked.upstream()).compose(keeper -> keeper.current().map(list -> new Snapshot(
                list.version(),
                list.updated(),
                keeper.standing().asked(),
                keeper.standing().trouble(),
                expose(keeper),
                list.documents().index(),
                list.documents().signedIndex(),
                list.documents().images(),
                list.listed())));
    }

    private Future<Item> item(FindItem asked) {
        return keeper(asked.upstream()).compose(keeper -> file(keeper, asked.path()).map(file -> new Item(
                PROJECT, keeper.source(), file.image(), file.blob(), file.size(), file.filename())));
    }

    private Future<Done> bring(BringItem asked) {
        return keeper(asked.upstream())
                .compose(keeper -> file(keeper, asked.path()).compose(file -> obtain(keeper, file.image())))
                .map(Done.DONE);
    }

    private Future<Done> bringImage(BringImage asked) {
        FindMirrored itself = new FindMirrored(asked.upstream(), asked.fingerprint().hex(), null, null);
        return keeper(asked.upstream())
                .compose(keeper -> find(itself).compose(found -> obtain(keeper, found.offer())))
                .map(Done.DONE);
    }

    /** An image that goes by a name here follows it, as any other cached image does. */
    private Future<Obtained> obtain(UpstreamKeeper keeper, Offer image) {
        Offer followed = NameTable.followed(image, NameTable.name(image));
        Obtain wish = new Obtain(
                keeper.source(), image.fingerprint().hex(), image.type(), image.architecture(), PROJECT, "",
                Requestor.BERTH, followed);
        return bus.require(IntakeContract.OBTAIN, wish).onSuccess(obtained -> {
            if (obtained.how().equals("fetched")) {
                meters.fetched(keeper.conf().name(), obtained.image().size());
            }
        });
    }

    private Future<Mirrored> find(FindMirrored asked) {
        return keeper(asked.upstream())
                .compose(keeper -> keeper.current()
                        .map(list -> list.names().find(asked.name(), asked.type(), asked.architecture(), HOST))
                        .compose(found -> found.fold(
                                offer -> Future.succeededFuture(new Mirrored(keeper.source(), offer)),
                                refused -> Future.failedFuture(new RefusedException(refused)))));
    }

    private Future<UpstreamKeeper> keeper(String name) {
        UpstreamKeeper keeper = keepers.get(name);
        return keeper == null
                ? Future.failedFuture(new RefusedException(Refused.notFound("Image not found")))
                : Future.succeededFuture(keeper);
    }

    private static Future<MirroredFile> file(UpstreamKeeper keeper, String path) {
        return keeper.file(path).compose(file -> file == null
                ? Future.failedFuture(new RefusedException(Refused.notFound("not found")))
                : Future.succeededFuture(file));
    }

    private static <T> Future<Answer<T>> answered(Future<T> work) {
        return work.map(Answer::yes).recover(cause -> cause instanceof RefusedException no
                ? Future.succeededFuture(Answer.no(no.refused()))
                : Future.failedFuture(cause));
    }
}
