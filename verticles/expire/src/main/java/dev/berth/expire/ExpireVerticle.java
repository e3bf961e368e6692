package dev.berth.expire;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.ExpireContract;
import dev.berth.contract.ExpireContract.Forecast;
import dev.berth.contract.ExpireContract.Swept;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.Requestor;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.ImageSettings;
import dev.berth.lxd.Lifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@link ExpireContract} and sweeps by itself. One instance: what it saw is its memory. */
public final class ExpireVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ExpireVerticle.class);
    /** Changes come in bursts; the settings are compared once for all of them. */
    private static final long SETTLE_MILLIS = 500;

    private final ExpireConf conf;
    private final Clock clock;
    private final LongSupplier nanos;
    private final ExpireMeters meters;
    private final ExpiryPlan plan;
    private Bus bus;
    private SceneReader reader;
    private Remover remover;
    private ImageSettings settings;
    private Future<?> last = Future.succeededFuture();
    private boolean comparing;
    private boolean confirming;

    public ExpireVerticle(ExpireConf conf, Clock clock, MeterRegistry registry) {
        this(conf, clock, System::nanoTime, registry);
    }

    /** @param nanos a clock that only grows, in nanoseconds */
    ExpireVerticle(ExpireConf conf, Clock clock, LongSupplier nanos, MeterRegistry registry) {
        this.conf = conf;
        this.clock = clock;
        this.nanos = nanos;
        this.meters = new ExpireMeters(registry);
        this.plan = new ExpiryPlan(conf);
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx);
        reader = new SceneReader(bus);
        remover = new Remover(bus, meters);
        vertx.setTimer(conf.startAfter().toMillis(), once -> sweep(true));
        vertx.setPeriodic(conf.sweepEvery().toMillis(), tick -> sweep(true));
        vertx.setPeriodic(conf.lookEvery().toMillis(), tick -> look());
        return Future.all(
                        bus.answer(ExpireContract.FORESEE, asked -> foresee()),
                        bus.answer(ExpireContract.SWEEP, asked -> sweep(true)),
                        bus.hear(CatalogContract.CHANGED, changed -> compareSoon()))
                .onSuccess(ready -> firstLook());
    }

    /** A sweep that runs ends first. */
    @Override
    public Future<?> stop() {
        return last.transform(done -> Future.succeededFuture());
    }

    private Future<Forecast> foresee() {
        return reader.scene().map(scene -> new Forecast(plan.forecast(scene, now())));
    }

    /** One after the other: each decides on what the one before left. */
    private Future<Swept> sweep(boolean byAge) {
        Future<Swept> mine = last.transform(before -> reader.scene()).compose(scene -> sweep(scene, byAge));
        last = mine;
        return mine.onFailure(cause -> LOG.warn("a sweep ended early: {}", cause.toString()));
    }

    private Future<Swept> sweep(Scene scene, boolean byAge) {
        Moment now = now();
        observe(scene, now);
        List<Removal> removals = plan.removals(scene, now, byAge);
        confirmLater(scene, now);
        return remover.remove(removals, now.wall()).map(Swept::new);
    }

    /** What is there at the start was not used just now; what comes later was. */
    private void firstLook() {
        last = reader.scene()
                .onSuccess(scene -> observe(scene, now()))
                .onFailure(cause -> LOG.debug("nothing to look at yet: {}", cause.toString()));
    }

    /** Space is looked after between the sweeps; so are settings of projects, whose changes nobody announces. */
    private void look() {
        sweep(false);
        compare();
    }

    private void compareSoon() {
        if (!comparing) {
            comparing = true;
            vertx.setTimer(SETTLE_MILLIS, later -> compare());
        }
    }

    /** A change of the rules counts at once (rest-api 182). */
    private void compare() {
        comparing = false;
        ImageSettings before = settings;
        reader.settings()
                .onSuccess(now -> {
                    settings = now;
                    if (before != null && !before.equals(now)) {
                        sweep(true);
                    }
                })
                .onFailure(cause -> LOG.debug("the settings could not be read: {}", cause.toString()));
    }

    private void observe(Scene scene, Moment now) {
        meters.seen(scene);
        settings = settings == null ? scene.settings() : settings;
        plan.observe(scene, now).ifPresent(by -> tellJump(by, now));
    }

    private void tellJump(Duration by, Moment now) {
        LOG.warn("clock jumped by {}: no cached image goes for its age for {}", by, conf.calm());
        meters.clockJumped();
        bus.announce(OperationsContract.EVENT, Lifecycle.event(
                "clock-jumped", "/1.0", Map.of("by", by.toString()), Requestor.BERTH, "", now.wall()));
    }

    /** What is too old for the first time goes as soon as it may, not with the next sweep. */
    private void confirmLater(Scene scene, Moment now) {
        plan.nextConfirmation(scene, now).filter(left -> !confirming).ifPresent(left -> {
            confirming = true;
            vertx.setTimer(left.toMillis() + 1, later -> {
                confirming = false;
                sweep(true);
            });
        });
    }

    private Moment now() {
        return new Moment(clock.instant(), nanos.getAsLong());
    }
}
