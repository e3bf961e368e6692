package dev.berth.fetch;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Opened;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.contract.FetchContract.Source;
import dev.berth.fetch.guard.AddressRange;
import dev.berth.fetch.http.HttpLimits;
import dev.berth.fetch.http.OwnCertificate;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.Streams;
import dev.berth.testkit.Expect;
import dev.berth.testkit.upstream.FakeUpstream;
import dev.berth.testkit.upstream.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A deployed fetch feature and an upstream it may talk to. */
final class FetchWorld implements AutoCloseable {
    static final HttpLimits QUICK = new HttpLimits(
            8, 100, 0, Duration.ofSeconds(8), Duration.ofMillis(1500), Duration.ofSeconds(3), 4, Duration.ofSeconds(5));
    /** Gives up a body that pauses, which on a busy machine any may do. */
    static final HttpLimits IMPATIENT = new HttpLimits(
            8, 100, 0, Duration.ofSeconds(8), Duration.ofMillis(1500), Duration.ofMillis(300), 4, Duration.ofSeconds(5));

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final FakeUpstream upstream = FakeUpstream.start(vertx);
    final TestCertificate own = TestCertificate.loopback();
    final Path folder;
    final Streams streams;
    final Bus bus;
    private int tickets;

    FetchWorld(Path folder) {
        this.folder = made(folder);
        Bus.prepare(vertx);
        streams = new Streams(
                vertx, new StreamLimits(256 << 10, Duration.ofSeconds(5)), new StreamMeters(registry));
        bus = new Bus(vertx);
    }

    /** Fetches with {@code conf}. */
    FetchWorld deployed(FetchConf conf) {
        OwnCertificate certificate = new OwnCertificate(own.privateKey(), List.of(own.leaf()));
        Expect.soon(vertx.deployVerticle(
                new FetchVerticle(streams, conf, certificate, Clock.systemUTC(), registry)));
        return this;
    }

    FetchWorld deployed() {
        return deployed(conf());
    }

    /** May talk to the fake, trusts it, and is impatient. */
    FetchConf conf() {
        return conf(QUICK, List.of("127.0.0.1"));
    }

    FetchConf conf(HttpLimits limits, List<String> allowed) {
        return new FetchConf(
                folder.resolve("indexes"),
                allowed.stream().map(AddressRange::parse).toList(),
                List.of(upstream.certificate().writtenTo(folder)),
                List.of("127.0.0.1:" + upstream.port()),
                "",
                "Berth/test",
                1 << 20,
                Duration.ofHours(1),
                limits);
    }

    Source source(String protocol) {
        return new Source(upstream.url(), protocol, "", "", "");
    }

    Answer<Offer> resolve(Source source, String name) {
        return Expect.soon(bus.ask(FetchContract.RESOLVE, new Resolve(source, name, null, null)));
    }

    Answer<Opened> open(Source source, Offer offer) {
        return Expect.soon(bus.ask(FetchContract.DOWNLOAD, new Download("ticket-" + tickets++, source, offer)));
    }

    /** Resolves, downloads and reads; the files that arrived, or how the streams ended. */
    List<Arrived> fetch(Source source, String name) {
        return read(source, Expect.yes(resolve(source, name)));
    }

    List<Arrived> read(Source source, Offer offer) {
        return read(Expect.yes(open(source, offer)));
    }

    List<Arrived> read(Opened opened) {
        List<Future<Arrived>> all = new ArrayList<>();
        for (String address : opened.streams()) {
            all.add(Arrived.from(vertx, streams, address));
            all.add(Arrived.from(vertx, streams, address));
            all.add(Arrived.from(vertx, streams, address));
        }
        Expect.soon(Future.join(all));
        List<Arrived> files = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 3) {
            files.add(all.get(i).result());
        }
        return files;
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Expect.soon(vertx.close());
    }
}
