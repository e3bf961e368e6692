package dev.berth.refresh;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.KeptRecord;
import dev.berth.contract.CatalogContract.Kind;
import dev.berth.contract.CatalogContract.ListRecords;
import dev.berth.contract.CatalogContract.ReadSettings;
import dev.berth.contract.CatalogContract.Records;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.RefreshContract;
import dev.berth.contract.RefreshContract.Check;
import dev.berth.contract.RefreshContract.Refresh;
import dev.berth.contract.RefreshContract.Refreshed;
import dev.berth.contract.RefreshContract.Schedules;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.ListProjects;
import dev.berth.contract.TrustContract.Projects;
import dev.berth.image.Image;
import dev.berth.kit.async.SingleFlight;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.sql.Sql;
import dev.berth.lxd.ImageSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@link RefreshContract} and looks by itself which images are due. One instance; the database is its maker's. */
public final class RefreshVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshVerticle.class);
    private static final Refused NO_SOURCE = Refused.invalid("Image source not found");

    private final Sql sql;
    private final RefreshConf conf;
    private final Clock clock;
    private final RefreshMeters meters;
    private final RefreshPlan plan;
    private final Lanes checks;
    private final Lanes transfers;
    private final SingleFlight<RecordKey, Answer<Refreshed>> running = new SingleFlight<>();
    private Bus bus;
    private CheckBook book;
    private Comparison comparison;
    private boolean looking;

    public RefreshVerticle(Sql sql, RefreshConf conf, Clock clock, MeterRegistry registry) {
        this.sql = sql;
        this.conf = conf;
        this.clock = clock;
        this.meters = new RefreshMeters(registry);
        this.plan = new RefreshPlan(conf);
        this.checks = new Lanes(conf.checks(), conf.checksPerServer());
        this.transfers = new Lanes(conf.transfers(), conf.transfersPerServer());
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx);
        book = new CheckBook(vertx, sql);
        comparison = new Comparison(bus, checks, transfers);
        return book.read()
                .onSuccess(plan::remember)
                .compose(read -> Future.all(
                        bus.answer(RefreshContract.REFRESH, this::refresh),
                        bus.answer(RefreshContract.SCHEDULE, asked -> schedule())))
                .onSuccess(ready -> lookFromNowOn());
    }

    @Override
    public Future<?> stop() {
        return book.flush();
    }

    private void lookFromNowOn() {
        vertx.setTimer(conf.startAfter().toMillis(), once -> look());
        vertx.setPeriodic(conf.lookEvery().toMillis(), tick -> look());
    }

    /** What everything is decided on: images that have a source, and what holds for them. */
    private record Scene(List<Image> images, ImageSettings settings) {}

    private Future<Scene> scene() {
        Future<Records> records = bus.ask(CatalogContract.LIST_RECORDS, new ListRecords(Kind.SOURCED));
        Future<Settings> settings = bus.ask(CatalogContract.READ_SETTINGS, new ReadSettings());
        Future<Projects> projects = bus.ask(TrustContract.LIST_PROJECTS, new ListProjects());
        return Future.all(records, settings, projects).map(read -> new Scene(
                records.result().records().stream().map(KeptRecord::image).toList(),
                ImageSettings.of(settings.result(), projects.result())));
    }

    /** A look that takes longer than the time to the next one is not started twice. */
    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        scene().onSuccess(this::compareDue)
                .onFailure(cause -> LOG.warn("nobody could say which images are due: {}", cause.toString()))
                .onComplete(done -> looking = false);
    }

    private void compareDue(Scene scene) {
        observe(scene);
        List<Image> due = plan.due(scene.images(), scene.settings(), clock.instant());
        if (!due.isEmpty()) {
            LOG.info("{} of {} images are compared with their source", due.size(), scene.images().size());
        }
        due.forEach(image -> refresh(new Refresh(image.project(), image.fingerprint(), "", Requestor.BERTH)));
    }

    private void observe(Scene scene) {
        book.forget(plan.observe(scene.images(), clock.instant()));
        meters.following(scene.images().stream()
                .filter(image -> plan.next(image, scene.settings()).isPresent())
                .count());
        meters.busy(checks, transfers);
    }

    private Future<Schedules> schedule() {
        return scene().map(scene -> {
            observe(scene);
            return new Schedules(scene.images().stream().map(image -> check(image, scene.settings())).toList());
        });
    }

    private Check check(Image image, ImageSettings settings) {
        return new Check(
                image.project(),
                image.fingerprint(),
                plan.next(image, settings).orElse(null),
                plan.last(image).map(LastLook::at).orElse(null),
                plan.last(image).map(LastLook::outcome).orElse(""));
    }

    /** Whoever asks while it runs already gets the same answer. */
    private Future<Answer<Refreshed>> refresh(Refresh call) {
        RecordKey key = new RecordKey(call.project(), call.fingerprint());
        plan.began(key);
        return running.run(key, () -> refreshed(call))
                .onComplete(done -> plan.ended(key))
                .onFailure(cause -> LOG.error("image {} could not be refreshed", call.fingerprint().shortForm(), cause));
    }

    /** The record is read when it is its turn: its flags may have changed since it was listed. */
    private Future<Answer<Refreshed>> refreshed(Refresh call) {
        FindImage question = new FindImage(call.project(), call.fingerprint().hex(), false);
        return bus.ask(CatalogContract.FIND_IMAGE, question)
                .compose(answer -> answer.fold(
                        found -> compared(found.image(), call),
                        refused -> Future.succeededFuture(Answer.no(refused))));
    }

    private Future<Answer<Refreshed>> compared(Image image, Refresh call) {
        if (image.source() == null) {
            return Future.succeededFuture(Answer.no(NO_SOURCE));
        }
        Timer.Sample sample = meters.start();
        return comparison.of(image, call.watcher(), call.requestor()).map(outcome -> {
            meters.ended(sample, outcome);
            note(image, outcome);
            return Answer.yes(outcome.reply());
        });
    }

    private void note(Image image, Outcome outcome) {
        LastLook look = new LastLook(
                new RecordKey(image.project(), outcome.fingerprint()), clock.instant(), outcome.text());
        plan.note(look);
        book.note(look);
        meters.busy(checks, transfers);
        tell(image, outcome);
    }

    private static void tell(Image image, Outcome outcome) {
        String alias = image.source().alias() + " at " + image.source().server();
        switch (outcome.ending()) {
            case CURRENT -> LOG.debug("image {} is current with {}", image.fingerprint().shortForm(), alias);
            case REPLACED -> LOG.info("image {} of project {} is replaced by {}, which is now {}",
                    image.fingerprint().shortForm(), image.project(), outcome.fingerprint().shortForm(), alias);
            default -> LOG.warn("image {} of project {} stays as it is, {}: {}",
                    image.fingerprint().shortForm(), image.project(), alias, outcome.text());
        }
    }
}
