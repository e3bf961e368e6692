package dev.berth.fetch;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Catalogued;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Opened;
import dev.berth.contract.FetchContract.ReadCatalogue;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.fetch.direct.DirectProtocol;
import dev.berth.fetch.guard.AddressGuard;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.FetchMeters;
import dev.berth.fetch.http.GuardedClient;
import dev.berth.fetch.http.Names;
import dev.berth.fetch.http.OwnCertificate;
import dev.berth.fetch.http.Trust;
import dev.berth.fetch.http.Wire;
import dev.berth.fetch.lxd.LxdList;
import dev.berth.fetch.lxd.LxdProtocol;
import dev.berth.fetch.push.Pushing;
import dev.berth.fetch.streams.CacheRules;
import dev.berth.fetch.streams.StreamsProtocol;
import dev.berth.fetch.transfer.Protocol;
import dev.berth.fetch.transfer.Tools;
import dev.berth.fetch.transfer.Transfer;
import dev.berth.image.Architecture;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.openpgp.Keyring;
import dev.berth.kit.stream.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Answers {@link FetchContract}: the one place that talks to other servers. One instance, so budgets are counted in one place. */
public final class FetchVerticle extends VerticleBase {
    private static final int NAME_WORKERS = 4;
    /** Before it is called stuck: 1 GiB takes less than one. */
    private static final int DECODING_MINUTES = 10;
    private static final Architecture HOST =
            Architecture.find(System.getProperty("os.arch")).orElse(Architecture.X86_64);

    private final Streams streams;
    private final FetchConf conf;
    private final OwnCertificate own;
    private final Clock clock;
    private final FetchMeters meters;
    private final Map<String, Protocol> protocols = new TreeMap<>();
    private WorkerExecutor workers;
    private WorkerExecutor decoders;
    private WorkerExecutor nameWorkers;
    private Tools tools;
    private Pushing pushing;

    /** @param own shown to LXD servers, and to nobody else */
    public FetchVerticle(
            Streams streams, FetchConf conf, OwnCertificate own, Clock clock, MeterRegistry registry) {
        this.streams = streams;
        this.conf = conf;
        this.own = own;
        this.clock = clock;
        this.meters = new FetchMeters(registry);
    }

    @Override
    public Future<?> start() {
        workers = vertx.createSharedWorkerExecutor(
                "berth-fetch", Math.max(2, Runtime.getRuntime().availableProcessors()));
        decoders = vertx.createSharedWorkerExecutor("berth-fetch-deltas", 1, DECODING_MINUTES, TimeUnit.MINUTES);
        nameWorkers = vertx.createSharedWorkerExecutor("berth-fetch-names", NAME_WORKERS);
        Bus bus = new Bus(vertx);
        return workers.executeBlocking(this::readDisk)
                .onSuccess(read -> prepare(bus, read))
                .compose(ready -> bus.answer(FetchContract.RESOLVE, this::resolve))
                .compose(answering -> bus.answer(FetchContract.CATALOGUE, this::catalogue))
                .compose(answering -> bus.answer(FetchContract.DOWNLOAD, this::download))
                .compose(answering -> bus.answer(FetchContract.PUSH, push -> answered(() -> pushing.push(push))));
    }

    @Override
    public Future<?> stop() {
        return Future.join(workers.close(), decoders.close(), nameWorkers.close());
    }

    private FromDisk readDisk() throws Exception {
        StreamsProtocol.prepare(conf.cache());
        return new FromDisk(Trust.of(conf.trustedCertificates(), own), signers());
    }

    private Map<String, Keyring> signers() throws IOException {
        Map<String, Keyring> signers = new HashMap<>();
        for (Map.Entry<String, SourceRules> source : conf.sources().entrySet()) {
            Path signedBy = source.getValue().signedBy();
            if (signedBy != null) {
                signers.put(source.getKey(), Keyring.read(signedBy, clock));
            }
        }
        return signers;
    }

    private Map<String, Long> budgets() {
        Map<String, Long> budgets = new HashMap<>();
        conf.sources().forEach((base, rules) -> budgets.put(base, rules.bytesPerSecond()));
        return budgets;
    }

    private void prepare(Bus bus, FromDisk read) {
        GuardedClient client = new GuardedClient(
                vertx,
                new AddressGuard(conf.allowPrivateAddresses()),
                Names.ofTheMachine(nameWorkers, conf.limits().connect()),
                read.trust(),
                new Wire(conf.userAgent(), conf.proxy(), conf.limits(), budgets()),
                clock,
                meters);
        pushing = new Pushing(vertx, bus, client);
        tools = new Tools(vertx, bus, streams, workers, client, meters);
        CacheRules rules = new CacheRules(conf.cache(), conf.indexBytes(), conf.indexFresh());
        LxdProtocol lxd = new LxdProtocol(client, new LxdList(tools, clock, rules));
        protocols.put("", lxd);
        protocols.put("lxd", lxd);
        protocols.put("incus", lxd);
        protocols.put("simplestreams", new StreamsProtocol(tools, decoders, clock, rules, read.signers(), HOST));
        protocols.put("direct", new DirectProtocol(client, conf.directHosts(), HOST));
    }

    private Future<Answer<Offer>> resolve(Resolve wanted) {
        return answered(() -> protocol(wanted.source().protocol()).resolve(wanted));
    }

    private Future<Answer<Catalogued>> catalogue(ReadCatalogue wanted) {
        return answered(() -> protocol(wanted.source().protocol()).catalogue(wanted));
    }

    private Future<Answer<Opened>> download(Download request) {
        Protocol protocol = protocols.get(request.source().protocol());
        return protocol == null
                ? Future.succeededFuture(Answer.no(unknown(request.source().protocol()).refused()))
                : new Transfer(tools, request).run(transfer -> protocol.download(request, transfer));
    }

    private Protocol protocol(String name) {
        Protocol protocol = protocols.get(name);
        if (protocol == null) {
            throw unknown(name);
        }
        return protocol;
    }

    private static FetchFailure unknown(String protocol) {
        return FetchFailure.invalid("Unsupported protocol: " + protocol);
    }

    private static <T> Future<Answer<T>> answered(Supplier<Future<T>> work) {
        Future<T> result;
        try {
            result = work.get();
        } catch (FetchFailure e) {
            result = Future.failedFuture(e);
        } catch (IllegalArgumentException e) {
            result = Future.failedFuture(FetchFailure.invalid(e.getMessage()));
        }
        return result.map(Answer::yes).recover(FetchVerticle::refused);
    }

    private static <T> Future<Answer<T>> refused(Throwable cause) {
        return cause instanceof FetchFailure failure
                ? Future.succeededFuture(Answer.no(failure.refused()))
                : Future.failedFuture(cause);
    }

    private record FromDisk(Trust trust, Map<String, Keyring> signers) {}
}
