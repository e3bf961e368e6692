package dev.berth.catalog;

import dev.berth.contract.Answer;
import dev.berth.contract.Call;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Found;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.ImageKept;
import dev.berth.contract.CatalogContract.KeepImage;
import dev.berth.contract.Requestor;
import dev.berth.image.Image;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.sql.Sql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A catalog on a real bus and a real database in {@code folder}. */
final class RunningCatalog implements AutoCloseable {
    static final Requestor ANNA = new Requestor("anna", "tls", "192.0.2.1:4711");

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx);
    final Sql sql;
    private final String deployment;

    private RunningCatalog(Path folder) throws Exception {
        Bus.prepare(vertx);
        sql = await(Sql.open(vertx, folder.resolve("berth.db")));
        Clock clock = Clock.fixed(Samples.NOW, ZoneOffset.UTC);
        deployment = await(vertx.deployVerticle(new CatalogVerticle(sql, clock, registry)));
    }

    static RunningCatalog in(Path folder) throws Exception {
        return new RunningCatalog(folder);
    }

    /** A catalog whose database already holds {@code images}, written in one transaction. */
    static RunningCatalog with(Path folder, List<Image> images) throws Exception {
        try (RunningCatalog empty = in(folder)) {
            List<Step> steps = images.stream().<Step>map(Step.Put::new).toList();
            await(empty.sql.<Void>write(connection -> {
                StepWriter.write(connection, steps);
                return null;
            }));
        }
        return in(folder);
    }

    <Q extends Record, T> Answer<T> ask(Call<Q, Answer<T>> call, Q question) throws Exception {
        return await(bus.ask(call, question));
    }

    /** The value of a yes, or an error with the text of the no. */
    <Q extends Record, T> T require(Call<Q, Answer<T>> call, Q question) throws Exception {
        return ask(call, question).fold(value -> value, refused -> {
            throw new AssertionError(refused.toString());
        });
    }

    ImageKept keep(Image image) throws Exception {
        return require(CatalogContract.KEEP_IMAGE, new KeepImage(image, ANNA));
    }

    Found find(Image image) throws Exception {
        return require(
                CatalogContract.FIND_IMAGE, new FindImage(image.project(), image.fingerprint().hex(), false));
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            await(vertx.undeploy(deployment));
            await(sql.close());
            await(vertx.close());
        } catch (Exception e) {
            throw new AssertionError("the catalog did not stop", e);
        }
    }
}
