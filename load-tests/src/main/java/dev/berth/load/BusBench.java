package dev.berth.load;

import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.StreamInlet;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.StreamOutlet;
import dev.berth.kit.stream.Streams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What it costs to send bytes over the event bus with credits: a file copied through a {@code BusStream} between two event
 * loops, beside the same copy through a {@code Pipe} (architecture 3: at most 10 %).
 */
final class BusBench implements Bench {
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 2;
    private static final int PIECE = 64 << 10;

    @Override
    public String name() {
        return "bus";
    }

    @Override
    public List<Finding> run(Ground ground) throws IOException {
        // The loops of the service: those of the JDK spin through the last millisecond before each timer.
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Bus.prepare(vertx);
        Streams streams = new Streams(vertx, StreamLimits.DEFAULT, new StreamMeters(new SimpleMeterRegistry()));
        try (Scratch scratch = Scratch.on(ground.disk(), "bus")) {
            Path file = BigImage.write(scratch.path(), "from", ground.gigabyte(), 3);
            double[] piped = new double[ROUNDS];
            double[] sent = new double[ROUNDS];
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                double direct = measured(ground, file, () -> pipe(vertx, file));
                double bus = measured(ground, file, () -> send(vertx, streams, file));
                if (i >= 0) {
                    piped[i] = direct;
                    sent[i] = bus;
                }
            }
            return List.of(Finding.atMost("copy of " + ground.large() + " through a BusStream",
                    Median.of(sent), Median.of(piped), "through a Pipe", "s", 1.1));
        } finally {
            vertx.close();
        }
    }

    private static double measured(Ground ground, Path file, Supplier<Future<Void>> copy) {
        return MemoryState.LEFT.measure(ground.disk(), () -> {
            long start = System.nanoTime();
            finished(copy.get());
            double seconds = (System.nanoTime() - start) / 1e9;
            Shell.run("cmp", file.toString(), file + ".copy").orFail();
            Shell.run("rm", file + ".copy").orFail();
            return seconds;
        });
    }

    private static void finished(Future<Void> copy) {
        try {
            copy.await(5, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException("the copy was not made", e);
        }
    }

    private static Future<Void> pipe(Vertx vertx, Path file) {
        return onLoop(vertx, () -> from(vertx, file).compose(source -> to(vertx, file).compose(source::pipeTo)));
    }

    /** One loop reads and sends, another receives and writes, as features do. */
    private static Future<Void> send(Vertx vertx, Streams streams, Path file) {
        String address = "berth.stream.bench." + System.nanoTime();
        Promise<StreamOutlet> opened = Promise.promise();
        Future<Void> sending = onLoop(vertx, () -> from(vertx, file).compose(source -> {
            StreamOutlet outlet = streams.outlet(address, 1);
            opened.complete(outlet);
            return outlet.drain(source, Map.of()).mapEmpty();
        }));
        Future<Void> writing = opened.future().compose(outlet -> onLoop(vertx, () -> receive(vertx, streams, address, file)));
        return Future.all(sending, writing).mapEmpty();
    }

    private static Future<Void> receive(Vertx vertx, Streams streams, String address, Path file) {
        Future<StreamInlet> inlet = streams.inlet(address);
        return inlet.compose(source -> to(vertx, file).compose(source::pipeTo));
    }

    private static Future<AsyncFile> from(Vertx vertx, Path file) {
        return vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setWrite(false).setCreate(false))
                .map(open -> open.setReadBufferSize(PIECE));
    }

    private static Future<AsyncFile> to(Vertx vertx, Path file) {
        return vertx.fileSystem().open(file + ".copy", new OpenOptions().setRead(false).setCreateNew(true));
    }

    private static Future<Void> onLoop(Vertx vertx, Supplier<Future<Void>> work) {
        Promise<Void> done = Promise.promise();
        vertx.deployVerticle(context -> {
            work.get().onComplete(done);
            return Future.succeededFuture();
        });
        return done.future();
    }
}
