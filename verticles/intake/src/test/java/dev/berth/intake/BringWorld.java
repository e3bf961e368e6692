package dev.berth.intake;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.AdoptImage;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.ImageExists;
import dev.berth.contract.CatalogContract.ImageIsEdited;
import dev.berth.contract.CatalogContract.ImageIsKept;
import dev.berth.contract.CatalogContract.ImageKept;
import dev.berth.contract.CatalogContract.KeepImage;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.Done;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Opened;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.HashContract;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.IntakeContract.Obtain;
import dev.berth.contract.IntakeContract.Obtained;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Kept;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.ProjectIs;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.image.UpdateSource;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.StreamOutlet;
import dev.berth.kit.stream.Streams;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Intake with everybody else played by a few lines: another server that waits for its cue, and a catalog in a map. */
final class BringWorld {
    static final Fingerprint NEW = new Fingerprint("a".repeat(64));
    static final Fingerprint OLD = new Fingerprint("b".repeat(64));
    static final Source SOURCE = new Source("https://images.example", "simplestreams", "", "", "");
    static final Instant CREATED = Instant.parse("2026-10-01T00:00:00Z");

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Bus bus = new Bus(vertx);
    final List<Resolve> resolved = new CopyOnWriteArrayList<>();
    final List<Download> downloads = new CopyOnWriteArrayList<>();
    final List<AdoptImage> adopted = new CopyOnWriteArrayList<>();
    final List<String> touched = new CopyOnWriteArrayList<>();
    final Map<String, Image> images = new ConcurrentHashMap<>();
    final Set<BlobId> lost = ConcurrentHashMap.newKeySet();
    final Map<String, Fingerprint> aliases = new ConcurrentHashMap<>();
    final Map<String, String> settings = new ConcurrentHashMap<>();
    volatile Function<Resolve, Answer<Offer>> upstream = asked -> Answer.yes(offer(asked.name(), NEW));
    volatile Fingerprint digest = NEW;
    private final Context producer = vertx.getOrCreateContext();
    private final Streams streams;
    private final List<StreamOutlet> open = new CopyOnWriteArrayList<>();
    private final byte[] bytes;

    BringWorld() throws Exception {
        Bus.prepare(vertx);
        streams = new Streams(vertx, new StreamLimits(1 << 16, Duration.ofSeconds(10)), new StreamMeters(registry));
        bytes = ImageFixtures.unified(Packing.PLAIN);
        playFetch();
        playCatalog();
        playStoreAndHash();
        done(vertx.deployVerticle(new IntakeVerticle(streams, IntakeConf.DEFAULT, Clock.systemUTC(), registry)));
    }

    static Offer offer(String name, Fingerprint fingerprint) {
        return new Offer(
                fingerprint, Fingerprint.isPrefix(name) ? "" : name, ImageType.CONTAINER, Architecture.X86_64,
                Map.of("os", "Debian", "release", "trixie"), List.of(new Alias("debian/13", "theirs")), "incus.tar.xz",
                true, 100, CREATED, Instant.EPOCH, List.of());
    }

    Bring bring(String name, String watcher) {
        return new Bring(SOURCE, name, null, null, "default", claims(), false, watcher);
    }

    static Claims claims(String... aliases) {
        return new Claims(
                null, false, false, false, Map.of(), null,
                List.of(aliases).stream().map(alias -> new Alias(alias, "")).toList(), null, null, null,
                Requestor.BERTH, false);
    }

    Future<Answer<Arrival>> ask(Bring bring) {
        return bus.ask(IntakeContract.BRING, bring);
    }

    Future<Answer<Obtained>> obtain(String name, String watcher) {
        return bus.ask(
                IntakeContract.OBTAIN,
                new Obtain(SOURCE, name, null, null, "default", watcher, Requestor.BERTH));
    }

    /** Waits until that many transfers began. */
    void awaitDownloads(int count) throws Exception {
        eventually(() -> open.size() >= count);
    }

    void eventually(BooleanSupplier holds) throws Exception {
        Promise<Void> held = Promise.promise();
        long timer = vertx.setPeriodic(5, tick -> {
            if (holds.getAsBoolean()) {
                held.tryComplete();
            }
        });
        done(held.future().onComplete(end -> vertx.cancelTimer(timer)));
    }

    /** Sends all bytes of a transfer that began. */
    void deliver(int transfer) {
        StreamOutlet outlet = open.get(transfer);
        producer.runOnContext(go -> {
            outlet.write(Buffer.buffer(bytes));
            outlet.end(Map.of());
        });
    }

    /** Sends all that is looked into, of a transfer that goes on. */
    void deliverHead(int transfer) {
        StreamOutlet outlet = open.get(transfer);
        producer.runOnContext(go -> outlet.write(Buffer.buffer(bytes)));
    }

    /** Breaks a transfer that began. */
    void fail(int transfer, String reason) {
        StreamOutlet outlet = open.get(transfer);
        producer.runOnContext(go -> outlet.fail(reason));
    }

    /** How a transfer ended for the other server's side. */
    Future<?> ended(int transfer) {
        return open.get(transfer).settled();
    }

    Image put(String project, Fingerprint fingerprint, boolean cached, UpdateSource source) {
        ImageFile file = new ImageFile(ImageFile.Role.UNIFIED, new BlobId(fingerprint.hex()), 100, ".tar");
        Image image = new Image(
                project, fingerprint, ImageType.CONTAINER, Architecture.X86_64, true, false, cached, "old.tar",
                Map.of("kept", "yes"), List.of(), List.of("default"), List.of(file), CREATED, CREATED,
                Image.NEVER_USED, Image.NEVER_EXPIRES, source);
        images.put(project + "/" + fingerprint, image);
        return image;
    }

    Image listed(String project, Fingerprint fingerprint) {
        return images.get(project + "/" + fingerprint);
    }

    private void playFetch() throws Exception {
        done(bus.answer(FetchContract.RESOLVE, asked -> {
            resolved.add(asked);
            return Future.succeededFuture(upstream.apply(asked));
        }));
        done(bus.answer(FetchContract.DOWNLOAD, asked -> {
            downloads.add(asked);
            Promise<Answer<Opened>> opened = Promise.promise();
            producer.runOnContext(go -> {
                StreamOutlet outlet = streams.outlet("stream." + asked.ticket(), 3);
                open.add(outlet);
                opened.complete(Answer.yes(new Opened(List.of(outlet.address()))));
            });
            return opened.future();
        }));
    }

    private void playCatalog() throws Exception {
        done(bus.answer(CatalogContract.FIND_IMAGE, asked -> Future.succeededFuture(find(asked))));
        done(bus.answer(CatalogContract.SELECT_IMAGES, asked -> Future.succeededFuture(select(asked))));
        done(bus.answer(CatalogContract.KEEP_IMAGE, asked -> Future.succeededFuture(Answer.yes(keep(asked)))));
        done(bus.answer(CatalogContract.ADOPT_IMAGE, asked -> {
            adopted.add(asked);
            return Future.succeededFuture(
                    Answer.yes(new ImageIsEdited(listed(asked.project(), asked.fingerprint()))));
        }));
        done(bus.answer(CatalogContract.FIND_ALIAS, asked -> Future.succeededFuture(aliases.containsKey(asked.name())
                ? Answer.yes(new CatalogContract.AliasIs(
                        new Alias(asked.name(), ""), aliases.get(asked.name()), new byte[0], ""))
                : Answer.no(Refused.notFound("Image alias not found")))));
        done(bus.answer(CatalogContract.CREATE_ALIAS, asked -> {
            aliases.put(asked.alias().name(), new Fingerprint(asked.target()));
            return Future.succeededFuture(Answer.done());
        }));
        done(bus.answer(CatalogContract.TOUCH_IMAGE, asked -> {
            touched.add(asked.fingerprint().hex());
            return Future.succeededFuture(Done.DONE);
        }));
        done(bus.answer(CatalogContract.READ_SETTINGS, asked ->
                Future.succeededFuture(new CatalogContract.Settings(Map.copyOf(settings), false, ""))));
        done(bus.answer(TrustContract.FIND_PROJECT, asked ->
                Future.succeededFuture(Answer.yes(new ProjectIs(new Project(asked.name(), "", Map.of()), asked.name())))));
    }

    private Answer<CatalogContract.Found> find(FindImage asked) {
        Image image = images.get(asked.project() + "/" + asked.name());
        return image == null
                ? Answer.no(Refused.notFound("Image not found"))
                : Answer.yes(new CatalogContract.Found(image, new byte[0], "\"e\""));
    }

    private CatalogContract.Selected select(SelectImages asked) {
        return new CatalogContract.Selected(images.values().stream()
                .filter(image -> asked.project() == null || asked.project().equals(image.project()))
                .filter(image -> asked.fingerprint() == null || asked.fingerprint().equals(image.fingerprint()))
                .filter(image -> asked.followed() == null
                        || image.source() != null && asked.followed().equals(image.source().alias()))
                .toList());
    }

    private ImageKept keep(KeepImage asked) {
        Image image = asked.image();
        Image there = images.putIfAbsent(image.project() + "/" + image.fingerprint(), image);
        return there == null ? new ImageIsKept(image) : new ImageExists(there);
    }

    private void playStoreAndHash() throws Exception {
        done(bus.answer(StoreContract.STAGE, stage -> read(stage.stream())));
        done(bus.answer(StoreContract.KEEP, keep -> {
            lost.remove(keep.blob());
            return Future.succeededFuture(Answer.yes(new Kept(keep.blob(), 100, false)));
        }));
        done(bus.answer(StoreContract.OPEN, open -> Future.succeededFuture(lost.contains(open.blob())
                ? new StoreContract.Missing(open.blob())
                : new StoreContract.Local("nowhere", 100))));
        done(bus.answer(StoreContract.DROP, drop -> Future.succeededFuture(Done.DONE)));
        done(bus.answer(StoreContract.LEASE, lease -> Future.succeededFuture(lost.containsAll(lease.blobs())
                ? Answer.no(Refused.notFound("the bytes are not here any more"))
                : Answer.done())));
        done(bus.answer(StoreContract.RELEASE, release -> Future.succeededFuture(Done.DONE)));
        done(bus.answer(HashContract.DIGEST, asked -> read(asked.streams().get(0)).map(end -> end.fold(
                staged -> new HashContract.Digests(
                        List.of(new HashContract.FileDigest(new BlobId(digest.hex()), 100)), digest),
                full -> new HashContract.Interrupted(full.text()),
                broken -> new HashContract.Interrupted(broken.text())))));
    }

    private Future<Staging> read(String stream) {
        return streams.inlet(stream).compose(inlet -> {
            inlet.handler(chunk -> {});
            return inlet.ended().map(end -> end.fold(
                    complete -> new Staged("id", complete.length(), "nowhere"),
                    failed -> new StoreContract.Broken(failed.reason()),
                    cancelled -> new StoreContract.Broken(cancelled.reason())));
        });
    }

    static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    void close() throws Exception {
        done(vertx.close());
    }
}
