package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Call;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Orphaned;
import dev.berth.contract.CatalogContract.References;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Keep;
import dev.berth.contract.StoreContract.Kept;
import dev.berth.contract.StoreContract.Open;
import dev.berth.contract.StoreContract.Opened;
import dev.berth.contract.StoreContract.Release;
import dev.berth.contract.StoreContract.Stage;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StoreContract.Survey;
import dev.berth.contract.StoreContract.Surveyed;
import dev.berth.contract.StreamContract.End;
import dev.berth.image.BlobId;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.disk.Disk;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.StreamOutlet;
import dev.berth.kit.stream.Streams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A store on a real bus and a directory, a catalog that is a set of blobs, and a producer of byte streams. */
final class RunningStore {
    final Vertx vertx = Vertx.vertx();
    SimpleMeterRegistry registry;
    final Set<BlobId> records = ConcurrentHashMap.newKeySet();
    final Bus bus = new Bus(vertx);
    final Streams streams =
            new Streams(vertx, new StreamLimits(1 << 20, Duration.ofSeconds(10)), new StreamMeters(new SimpleMeterRegistry()));
    final Context producer = vertx.getOrCreateContext();
    private final Path data;
    private String deployment;
    private int addresses;

    private RunningStore(Path data) {
        this.data = data;
    }

    static RunningStore on(Disk disk, StoreConf conf) throws Exception {
        RunningStore running = new RunningStore(conf.dataDir());
        Bus.prepare(running.vertx);
        done(running.bus.answer(CatalogContract.FIND_REFERENCES, asked -> Future.succeededFuture(new References(
                running.records.stream()
                        .filter(blob -> asked.blobs().isEmpty() || asked.blobs().contains(blob))
                        .toList()))));
        running.deploy(disk, conf);
        return running;
    }

    void deploy(Disk disk, StoreConf conf) throws Exception {
        registry = new SimpleMeterRegistry();
        deployment = done(vertx.deployVerticle(new StoreVerticle(disk, conf, streams, Clock.systemUTC(), registry)));
    }

    void undeploy() throws Exception {
        done(vertx.undeploy(deployment));
    }

    /** Settings with short graces, so that tests need not wait, and with files that go past the page cache early. */
    static StoreConf quick(Path data) {
        return new StoreConf(data, 0, Long.MAX_VALUE, 1 << 20, Duration.ofMillis(20), Duration.ZERO, Duration.ofHours(1));
    }

    /** A stream that one consumer may attach to; bytes are written by the caller. */
    StreamOutlet outlet() {
        return onProducer(() -> streams.outlet("test.stream." + ++addresses, 1));
    }

    /** Sends the pieces and ends; the future tells how the stream ended for the producer. */
    Future<End> send(StreamOutlet outlet, byte[]... pieces) {
        producer.runOnContext(go -> {
            for (byte[] piece : pieces) {
                outlet.write(Buffer.buffer(piece));
            }
            outlet.end();
        });
        return outlet.settled();
    }

    Future<Staging> stage(String ticket, StreamOutlet outlet, long expected) {
        return bus.ask(StoreContract.STAGE, new Stage(ticket, outlet.address(), expected));
    }

    /** Stages all bytes at once. */
    Staged staged(String ticket, byte[] bytes) throws Exception {
        StreamOutlet outlet = outlet();
        Future<Staging> staging = stage(ticket, outlet, bytes.length);
        send(outlet, bytes);
        return (Staged) done(staging);
    }

    Kept kept(String ticket, byte[] bytes) throws Exception {
        return done(keep(ticket, staged(ticket, bytes), blobOf(bytes)));
    }

    Future<Kept> keep(String ticket, Staged staged, BlobId blob) {
        return bus.require(StoreContract.KEEP, new Keep(ticket, staged.stagingId(), blob));
    }

    /** A whole import: kept, recorded, released. */
    BlobId imported(String ticket, byte[] bytes) throws Exception {
        kept(ticket, bytes);
        records.add(blobOf(bytes));
        ask(StoreContract.RELEASE, new Release(ticket));
        return blobOf(bytes);
    }

    void forget(BlobId blob) {
        records.remove(blob);
        bus.announce(CatalogContract.ORPHANED, new Orphaned(List.of(blob)));
    }

    Opened open(BlobId blob) throws Exception {
        return ask(StoreContract.OPEN, new Open(blob));
    }

    Surveyed survey() throws Exception {
        return ask(StoreContract.SURVEY, new Survey());
    }

    <Q extends Record, R> R ask(Call<Q, R> call, Q question) throws Exception {
        return done(bus.ask(call, question));
    }

    List<String> stagingNames() throws Exception {
        try (Stream<Path> names = Files.list(data.resolve("staging"))) {
            return names.map(name -> name.getFileName().toString()).toList();
        }
    }

    Path fileOf(BlobId blob) {
        return data.resolve("blobs/sha256").resolve(blob.hex().substring(0, 2)).resolve(blob.hex());
    }

    /** Looks every few milliseconds until it holds, for at most 10 s. */
    void until(String what, BooleanSupplier holds) throws Exception {
        Promise<Void> held = Promise.promise();
        long timer = vertx.setPeriodic(5, id -> {
            if (holds.getAsBoolean()) {
                held.tryComplete();
            }
        });
        assertThat(held.future().toCompletionStage().toCompletableFuture())
                .as(what)
                .succeedsWithin(Duration.ofSeconds(10));
        vertx.cancelTimer(timer);
    }

    double metric(String name) {
        return registry.get(name).gauge().value();
    }

    static BlobId blobOf(byte[] bytes) throws Exception {
        return new BlobId(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    void close() throws Exception {
        done(vertx.close());
    }

    private <T> T onProducer(Supplier<T> work) {
        Promise<T> made = Promise.promise();
        producer.runOnContext(go -> made.complete(work.get()));
        return made.future().toCompletionStage().toCompletableFuture().join();
    }

}
