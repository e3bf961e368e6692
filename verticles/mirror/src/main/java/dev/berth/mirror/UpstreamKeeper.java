package dev.berth.mirror;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Catalogue;
import dev.berth.contract.FetchContract.Catalogued;
import dev.berth.contract.FetchContract.ReadCatalogue;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.MirrorContract.Delisted;
import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.image.Image;
import dev.berth.kit.async.SingleFlight;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the list of one upstream current, one question at a time. One context. */
final class UpstreamKeeper {
    /** The unknown is worth a question to the upstream this often. */
    static final Duration DOUBT = Duration.ofSeconds(30);

    private static final Duration ANY_AGE = Duration.ofDays(36_500);
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamKeeper.class);
    private static final String PROJECT = "default";

    private final UpstreamConf conf;
    private final Source source;
    private final Bus bus;
    private final WorkerExecutor worker;
    private final Clock clock;
    private final Standing standing;
    private final Delistings delistings;
    private final DelistedMemory memory;
    private final SingleFlight<String, Void> flights = new SingleFlight<>();
    private boolean outdated;

    /**
     * @param source the upstream, with the certificate it must present
     * @param delistings hold what is delisted, {@code memory} remembers it over a restart
     */
    UpstreamKeeper(
            UpstreamConf conf,
            Source source,
            Bus bus,
            WorkerExecutor worker,
            Clock clock,
            Delistings delistings,
            DelistedMemory memory) {
        this.conf = conf;
        this.source = source;
        this.bus = bus;
        this.worker = worker;
        this.clock = clock;
        this.delistings = delistings;
        this.memory = memory;
        this.standing = new Standing(conf.grace());
    }

    /**
     * Begins where the last run ended: with the list as it was kept, if any, so that what is delisted meanwhile is known as
     * such. Never fails.
     */
    Future<Void> begin() {
        return worker.executeBlocking(memory::read, false)
                .onSuccess(standing::remember)
                .compose(remembered -> refresh(ANY_AGE));
    }

    UpstreamConf conf() {
        return conf;
    }

    Source source() {
        return source;
    }

    Standing standing() {
        return standing;
    }

    /** Images came or went here: that matters for servers whose images can be listed only while they are here. */
    void catalogChanged() {
        outdated = !conf.protocol().equals(UpstreamConf.DEFAULT_PROTOCOL);
    }

    /** The present list. Fails with a refusal when there is none yet and the upstream does not answer. */
    Future<PublishedList> current() {
        if (standing.list() == null) {
            return mayAsk() ? refresh(conf.fresh()).compose(done -> shown()) : shown();
        }
        return outdated ? flights.run(conf.name(), this::remake).compose(done -> shown()) : shown();
    }

    /** The file, after another question to the upstream when nobody knows it; null when there is none. */
    Future<MirroredFile> file(String path) {
        MirroredFile file = standing.find(path, clock.instant());
        if (file != null || !mayAsk()) {
            return Future.succeededFuture(file);
        }
        return refresh(DOUBT).map(done -> standing.find(path, clock.instant()));
    }

    /** Who comes while the upstream is asked waits for its answer. */
    private boolean mayAsk() {
        return flights.size() > 0 || standing.mayTry(clock.instant(), DOUBT);
    }

    /** Asks the upstream whether its list is current. Never fails: trouble becomes part of the standing. */
    Future<Void> refresh(Duration fresh) {
        return flights.run(conf.name(), () -> ask(fresh));
    }

    private Future<Void> ask(Duration fresh) {
        standing.tries(clock.instant());
        String known = standing.list() == null ? "" : standing.list().catalogue().version();
        return bus.ask(FetchContract.CATALOGUE, new ReadCatalogue(source, known, fresh))
                .compose(answer -> answer.fold(this::take, this::refuse))
                .recover(this::broke);
    }

    private Future<Void> take(Catalogued catalogued) {
        return catalogued.fold(this::make, unchanged -> {
            standing.confirm(unchanged.asked(), unchanged.stale());
            return outdated ? remake() : Future.succeededFuture();
        });
    }

    private Future<Void> remake() {
        return make(standing.list().catalogue());
    }

    private Future<Void> make(Catalogue catalogue) {
        outdated = false;
        return held()
                .compose(held -> worker.executeBlocking(() -> PublishedList.of(catalogue, conf.filter(), held), false))
                .compose(made -> {
                    List<MirroredFile> gone = standing.show(made, clock.instant());
                    LOG.info("upstream {} lists {} images through us, of {}", conf.name(), made.listed().size(),
                            catalogue.images().size());
                    return gone.isEmpty() ? Future.succeededFuture() : hold(gone);
                });
    }

    private Future<Void> hold(List<MirroredFile> gone) {
        List<Delisted> delisted = standing.delisted();
        return worker.<Void>executeBlocking(() -> {
                    memory.write(delisted);
                    return null;
                }, false)
                .onFailure(cause -> LOG.warn("what upstream {} delisted is forgotten by a restart: {}", conf.name(), cause.toString()))
                .transform(written -> delistings.hold(conf, gone));
    }

    /** A stream tells everything about files; other servers do not. */
    private Future<List<Image>> held() {
        return conf.protocol().equals(UpstreamConf.DEFAULT_PROTOCOL)
                ? Future.succeededFuture(List.of())
                : bus.ask(CatalogContract.SELECT_IMAGES, new SelectImages(PROJECT, null, null))
                        .map(selected -> selected.images());
    }

    private Future<Void> refuse(Refused refused) {
        LOG.warn("upstream {} gives no list: {}", conf.name(), refused.text());
        standing.doubt(refused.text());
        return Future.succeededFuture();
    }

    private Future<Void> broke(Throwable cause) {
        LOG.warn("upstream {} could not be asked: {}", conf.name(), cause.toString());
        standing.doubt("its list could not be read");
        return Future.succeededFuture();
    }

    private Future<PublishedList> shown() {
        return standing.list() != null
                ? Future.succeededFuture(standing.list())
                : Future.failedFuture(new RefusedException(new Refused(Reason.UNAVAILABLE,
                        "the upstream " + conf.name() + " has given no list yet: " + standing.trouble())));
    }
}
