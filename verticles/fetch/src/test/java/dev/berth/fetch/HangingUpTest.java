package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Source;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.upstream.Behaviours;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A balancer in front of the upstream that ends connections: in the middle of their TLS handshake, or when they are used again. */
class HangingUpTest {
    private static final byte[] FILE = ImageFixtures.squashfsLike(100_000);

    @TempDir Path folder;
    private final AtomicInteger calls = new AtomicInteger();
    private int rude;
    private FetchWorld world;
    private NetClient outgoing;
    private String url;
    private String fingerprint;

    @BeforeEach
    void start() {
        world = new FetchWorld(folder).deployed();
        outgoing = world.vertx.createNetClient();
        NetServer balancer =
                Expect.soon(world.vertx.createNetServer().connectHandler(this::take).listen(0, "127.0.0.1"));
        url = world.upstream.url().replace(":" + world.upstream.port(), ":" + balancer.actualPort());
        fingerprint = world.upstream.lxd().add(FILE);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void one_that_hangs_up_once_is_called_again() {
        rude = 1;

        assertThat(Expect.yes(resolved()).fingerprint().hex()).isEqualTo(fingerprint);
        assertThat(calls).hasValue(2);
    }

    @Test
    void one_that_always_hangs_up_is_called_twice_and_named() {
        rude = Integer.MAX_VALUE;

        assertThat(Expect.no(resolved()).text())
                .contains("Unable to connect to: " + url.substring("https://".length()))
                .contains("the server hung up during the handshake");
        assertThat(calls).hasValue(2);
    }

    @Test
    void a_connection_that_ends_while_it_is_used_again_is_replaced() {
        Expect.yes(resolved());
        world.upstream.misbehave(path(), 1, Behaviours.hangUp());

        assertThat(Expect.yes(resolved()).fingerprint().hex()).isEqualTo(fingerprint);
        assertThat(world.upstream.requests(path())).isEqualTo(3);
        assertThat(calls).hasValue(2);
    }

    @Test
    void one_that_never_answers_again_is_asked_once_more_and_named() {
        Expect.yes(resolved());
        world.upstream.misbehave(path(), Behaviours.hangUp());

        assertThat(Expect.no(resolved()).text()).contains(path() + " did not answer: Connection was closed");
        assertThat(world.upstream.requests(path())).isEqualTo(3);
    }

    private String path() {
        return "/1.0/images/" + fingerprint;
    }

    private Answer<Offer> resolved() {
        return world.resolve(new Source(url, "lxd", "", "", ""), fingerprint);
    }

    private void take(NetSocket client) {
        if (calls.incrementAndGet() <= rude) {
            client.handler(hello -> client.close());
            return;
        }
        client.pause();
        outgoing.connect(world.upstream.port(), "127.0.0.1").onSuccess(server -> {
            server.handler((Buffer bytes) -> client.write(bytes)).closeHandler(gone -> client.close());
            client.handler(server::write).resume();
        });
    }
}
