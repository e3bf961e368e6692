package dev.berth.refresh;

import static dev.berth.testkit.Expect.soon;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.Found;
import dev.berth.contract.CatalogContract.ImageIsReplaced;
import dev.berth.contract.CatalogContract.KeptRecord;
import dev.berth.contract.CatalogContract.Records;
import dev.berth.contract.CatalogContract.ReplaceImage;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrived;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.RefreshContract;
import dev.berth.contract.RefreshContract.Check;
import dev.berth.contract.RefreshContract.Refresh;
import dev.berth.contract.RefreshContract.Refreshed;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Projects;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.sql.Sql;
import dev.berth.testkit.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Refresh on a real bus and a real database; catalog, trust, fetch and intake are answered here. */
final class RunningRefresh implements AutoCloseable {
    static final Requestor ANNA = new Requestor("anna", "tls", "192.0.2.1:4711");

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx);
    final FakeClock clock;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Map<RecordKey, Image> images = new ConcurrentHashMap<>();
    final Map<String, String> settings = new ConcurrentHashMap<>();
    final List<Resolve> resolved = new CopyOnWriteArrayList<>();
    final List<Bring> brought = new CopyOnWriteArrayList<>();
    final List<ReplaceImage> replaced = new CopyOnWriteArrayList<>();
    /** What the other server says; a test puts its own in. */
    volatile Function<Resolve, Future<Answer<Offer>>> upstream;
    /** How fetching ends. */
    volatile Function<Bring, Future<Answer<Arrival>>> intake = this::bring;
    private final Sql sql;
    private final String deployment;

    /** @param number of the image that the other server offers, whatever the name */
    RunningRefresh(Path folder, FakeClock clock, RefreshConf conf, int number, Image... present) {
        this.clock = clock;
        offer(number);
        Bus.prepare(vertx);
        List.of(present).forEach(image -> images.put(RecordKey.of(image), image));
        soon(Future.all(List.of(
                bus.answer(CatalogContract.LIST_RECORDS, call -> Future.succeededFuture(records())),
                bus.answer(CatalogContract.FIND_IMAGE, call -> Future.succeededFuture(find(call))),
                bus.answer(CatalogContract.REPLACE_IMAGE, call -> Future.succeededFuture(replace(call))),
                bus.answer(CatalogContract.READ_SETTINGS,
                        call -> Future.succeededFuture(new Settings(Map.copyOf(settings), false, ""))),
                bus.answer(TrustContract.LIST_PROJECTS, call -> Future.succeededFuture(new Projects(List.of()))),
                bus.answer(FetchContract.RESOLVE, this::resolve),
                bus.answer(IntakeContract.BRING, this::noted))));
        sql = soon(Sql.open(vertx, folder.resolve("berth.db")));
        deployment = soon(vertx.deployVerticle(new RefreshVerticle(sql, conf, clock, registry)));
    }

    void offer(int number) {
        upstream = call -> Future.succeededFuture(Answer.yes(Samples.offer(number, call.name())));
    }

    Answer<Refreshed> refresh(Image image) {
        return soon(ask(image));
    }

    Future<Answer<Refreshed>> ask(Image image) {
        return bus.ask(RefreshContract.REFRESH, new Refresh(image.project(), image.fingerprint(), "op-1", ANNA));
    }

    List<Check> schedule() {
        return soon(bus.ask(RefreshContract.SCHEDULE, new RefreshContract.Schedule())).checks();
    }

    boolean has(String project, int number) {
        return images.containsKey(new RecordKey(project, Samples.print(number)));
    }

    long ended(String outcome) {
        return registry.get("berth.refresh.checks").tag("outcome", outcome).timer().count();
    }

    private Future<Answer<Offer>> resolve(Resolve call) {
        resolved.add(call);
        return upstream.apply(call);
    }

    private Future<Answer<Arrival>> noted(Bring call) {
        brought.add(call);
        return intake.apply(call);
    }

    /** Brings what the server offers, as it is claimed. */
    private Future<Answer<Arrival>> bring(Bring call) {
        return upstream.apply(new Resolve(call.source(), call.name(), null, null)).map(answer -> answer.map(offer -> {
            Image image = named(call.project(), offer.fingerprint(), call);
            images.put(RecordKey.of(image), image);
            return new Arrived(image);
        }));
    }

    private static Image named(String project, Fingerprint fingerprint, Bring call) {
        int number = Integer.parseInt(fingerprint.hex(), 16);
        return Samples.image(project, number, call.claims().autoUpdate(), call.claims().source(), Samples.NOON);
    }

    private Records records() {
        return new Records(
                images.values().stream()
                        .filter(image -> image.source() != null)
                        .map(image -> new KeptRecord(image, 1))
                        .toList(),
                List.of(), 0);
    }

    private Answer<Found> find(FindImage call) {
        return Optional.ofNullable(images.get(new RecordKey(call.project(), new Fingerprint(call.name()))))
                .map(image -> Answer.yes(new Found(image, new byte[0], "")))
                .orElseGet(() -> Answer.no(Refused.notFound("Image not found")));
    }

    private Answer<ImageIsReplaced> replace(ReplaceImage call) {
        replaced.add(call);
        Image newer = images.get(new RecordKey(call.project(), call.replacement()));
        Image old = images.remove(new RecordKey(call.project(), call.old()));
        return old == null || newer == null
                ? Answer.no(Refused.notFound("Image not found"))
                : Answer.yes(new ImageIsReplaced(newer, old));
    }

    @Override
    public void close() {
        soon(vertx.undeploy(deployment));
        soon(sql.close());
        soon(vertx.close());
    }
}
