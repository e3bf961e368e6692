package dev.berth.intake;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Progress;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.IntakeContract.Leave;
import dev.berth.contract.IntakeContract.Obtain;
import dev.berth.contract.IntakeContract.Obtained;
import dev.berth.contract.IntakeContract.Watched;
import dev.berth.image.Architecture;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.ProgressText;
import dev.berth.kit.stream.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;

/** Answers {@link IntakeContract}: every arrival gets a conductor of its own, what is brought is brought once. */
public final class IntakeVerticle extends VerticleBase {
    private final Streams streams;
    private final IntakeConf conf;
    private final Clock clock;
    private final IntakeMeters meters;
    private Bus bus;
    private Inspectors inspectors;
    private Orchestra orchestra;
    private Transfers transfers;
    private Watches watches;
    private Bringing bringing;
    private Obtaining obtaining;
    private ImageSettings settings;

    public IntakeVerticle(Streams streams, IntakeConf conf, Clock clock, MeterRegistry registry) {
        this.streams = streams;
        this.conf = conf;
        this.clock = clock;
        this.meters = new IntakeMeters(registry);
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx);
        inspectors = new Inspectors(vertx, conf, meters);
        orchestra = new Orchestra(bus, streams, inspectors, clock, meters);
        transfers = new Transfers(meters);
        watches = new Watches(transfers);
        bringing = new Bringing(bus, transfers, new Downloads(orchestra), new Sharing(bus, clock));
        obtaining = new Obtaining(bus, bringing, clock);
        settings = new ImageSettings(bus);
        return Future.all(List.of(
                bus.answer(IntakeContract.ARRIVE, this::arrive),
                bus.answer(IntakeContract.BRING, this::bring),
                bus.answer(IntakeContract.OBTAIN, this::obtain),
                bus.answer(IntakeContract.SHARE, share -> Bringing.answered(bringing.share(share))),
                bus.hear(IntakeContract.LEAVE, this::leave),
                bus.hear(FetchContract.PROGRESS, this::tell)));
    }

    @Override
    public Future<?> stop() {
        return inspectors.close();
    }

    private Future<Answer<Arrival>> arrive(Arrive request) {
        return new Conductor(orchestra, request).conduct();
    }

    private Future<Answer<Arrival>> bring(Bring bring) {
        Watch watch = new Watch(bring.watcher(), Wish.of(bring), bring.claims().cached());
        return watches.during(watch, () -> Bringing.answered(bringing.bring(bring, watch)));
    }

    private Future<Answer<Obtained>> obtain(Obtain obtain) {
        return settings.of(obtain.project()).compose(rules -> {
            Architecture architecture =
                    obtain.architecture() == null ? rules.architecture() : obtain.architecture();
            Watch watch = new Watch(obtain.watcher(), Wish.of(obtain, architecture, rules.autoUpdateCached()), true);
            return watches.during(watch, () -> Bringing.answered(obtaining.obtain(watch)));
        });
    }

    private void leave(Leave news) {
        watches.leave(news.watcher());
    }

    /** Everybody who waits for a transfer is told how far it is. */
    private void tell(Progress progress) {
        String text = ProgressText.of(progress);
        transfers.withTicket(progress.ticket()).ifPresent(transfer -> transfer.waiting().stream()
                .filter(Watch::isNamed)
                .forEach(watch -> bus.announce(IntakeContract.WATCHED, new Watched(watch.name(), text))));
    }
}
