package dev.berth.expire;

import static dev.berth.testkit.Expect.soon;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Changed;
import dev.berth.contract.CatalogContract.ImageIsRemoved;
import dev.berth.contract.CatalogContract.KeptRecord;
import dev.berth.contract.CatalogContract.Records;
import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.ExpireContract;
import dev.berth.contract.ExpireContract.Verdict;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Surveyed;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.Projects;
import dev.berth.image.Image;
import dev.berth.kit.bus.Bus;
import dev.berth.testkit.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Expiry on a real bus; catalog, store and trust are answered here. */
final class RunningExpiry implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx);
    final FakeClock clock = new FakeClock();
    final AtomicLong nanos = new AtomicLong();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final List<Image> images = new CopyOnWriteArrayList<>();
    final Map<String, String> settings = new ConcurrentHashMap<>();
    final Map<String, String> project = new ConcurrentHashMap<>();
    final List<RemoveImage> asked = new CopyOnWriteArrayList<>();
    final BlockingQueue<Verdict> expired = new LinkedBlockingQueue<>();
    final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    volatile Refused refusal;

    RunningExpiry(ExpireConf conf, Image... present) {
        images.addAll(List.of(present));
        Bus.prepare(vertx);
        soon(Future.all(List.of(
                bus.answer(CatalogContract.LIST_RECORDS, call -> Future.succeededFuture(records())),
                bus.answer(CatalogContract.REMOVE_IMAGE, call -> Future.succeededFuture(remove(call))),
                bus.answer(CatalogContract.READ_SETTINGS,
                        call -> Future.succeededFuture(new Settings(Map.copyOf(settings), false, ""))),
                bus.answer(TrustContract.LIST_PROJECTS, call -> Future.succeededFuture(
                        new Projects(List.of(new Project("p1", "", Map.copyOf(project)))))),
                bus.answer(StoreContract.SURVEY, call -> Future.succeededFuture(
                        new Surveyed(0, 0, 0, Long.MAX_VALUE / 2, List.of()))),
                bus.hear(ExpireContract.EXPIRED, expired::add),
                bus.hear(OperationsContract.EVENT, events::add))));
        soon(vertx.deployVerticle(new ExpireVerticle(conf, clock, nanos::get, registry)));
        soon(bus.ask(ExpireContract.SWEEP, new ExpireContract.Sweep()));
    }

    void pass(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
    }

    List<Verdict> sweep() {
        return soon(bus.ask(ExpireContract.SWEEP, new ExpireContract.Sweep())).removed();
    }

    List<Verdict> foresee() {
        return soon(bus.ask(ExpireContract.FORESEE, new ExpireContract.Foresee())).verdicts();
    }

    void tellChange() {
        bus.announce(CatalogContract.CHANGED, new Changed(1));
    }

    double removedFor(String rule) {
        return registry.get("berth.expire.removed").tag("rule", rule).counter().count();
    }

    private Records records() {
        List<Image> cached = images.stream().filter(Image::cached).toList();
        return new Records(cached.stream().map(image -> new KeptRecord(image, image.size())).toList(), List.of(), 0);
    }

    private Answer<ImageIsRemoved> remove(RemoveImage call) {
        asked.add(call);
        if (refusal != null) {
            return Answer.no(refusal);
        }
        Image image = images.stream()
                .filter(each -> RecordKey.of(each).equals(new RecordKey(call.project(), call.fingerprint())))
                .findFirst()
                .orElseThrow();
        images.remove(image);
        return Answer.yes(new ImageIsRemoved(image));
    }

    @Override
    public void close() {
        soon(vertx.close());
    }
}
