package dev.berth.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.References;
import dev.berth.contract.Done;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Lease;
import dev.berth.contract.StoreContract.Release;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.ImageType;
import dev.berth.kit.bus.Bus;
import dev.berth.testkit.Expect;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DelistingsTest {
    private static final BlobId HERE = new BlobId(Samples.hash('1'));
    private static final BlobId ELSEWHERE = new BlobId(Samples.hash('2'));

    private final Vertx vertx = Vertx.vertx();
    private final Promise<Lease> leased = Promise.promise();
    private final Promise<Release> released = Promise.promise();
    private Bus bus;

    @BeforeEach
    void start() {
        Bus.prepare(vertx);
        bus = new Bus(vertx);
        Expect.soon(bus.answer(CatalogContract.FIND_REFERENCES, asked -> Future.succeededFuture(
                new References(asked.blobs().stream().filter(HERE::equals).toList()))));
        Expect.soon(bus.answer(StoreContract.LEASE, asked -> {
            leased.complete(asked);
            return Future.succeededFuture(Answer.done());
        }));
        Expect.soon(bus.answer(StoreContract.RELEASE, asked -> {
            released.complete(asked);
            return Future.succeededFuture(Done.DONE);
        }));
    }

    @AfterEach
    void stop() {
        Expect.soon(vertx.close());
    }

    @Test
    void what_is_here_is_held_for_the_grace_time_and_then_let_go() {
        Expect.soon(new Delistings(vertx, bus).hold(upstream(Duration.ofMillis(50)), List.of(file(HERE), file(ELSEWHERE))));

        assertThat(Expect.soon(leased.future()).blobs()).containsExactly(HERE);
        assertThat(Expect.soon(released.future()).ticket()).isEqualTo(leased.future().result().ticket());
    }

    @Test
    void nothing_is_held_that_is_not_here() {
        Expect.soon(new Delistings(vertx, bus).hold(upstream(Duration.ofMillis(50)), List.of(file(ELSEWHERE))));

        assertThat(leased.future().isComplete()).isFalse();
    }

    @Test
    void without_a_grace_time_nothing_is_held() {
        Expect.soon(new Delistings(vertx, bus).hold(upstream(Duration.ZERO), List.of(file(HERE))));

        assertThat(leased.future().isComplete()).isFalse();
    }

    private static UpstreamConf upstream(Duration grace) {
        return new UpstreamConf(
                "up", "simplestreams", "https://up", null, Filter.ALL, 0, Set.of(Exposure.STREAMS), Duration.ofMinutes(1),
                grace, null);
    }

    private static MirroredFile file(BlobId blob) {
        Offer image = Samples.offer('a', ImageType.CONTAINER, Architecture.X86_64, 1, List.of());
        return new MirroredFile(image, "images/x/" + blob.shortForm(), blob, 1);
    }
}
