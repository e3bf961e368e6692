package dev.berth.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.fetch.guard.AddressGuard;
import dev.berth.fetch.guard.AddressRange;
import dev.berth.fetch.guard.Location;
import dev.berth.testkit.Expect;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeUpstream;
import dev.berth.testkit.upstream.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Names whose owner changes what they stand for (reliability S05, S06). 127.0.0.1 is allowed here, 127.0.0.2 is inside. */
class RebindingTest {
    private static final String ALLOWED = "127.0.0.1";
    private static final String INSIDE = "127.0.0.2";

    private final Vertx vertx = Vertx.vertx();
    private final FakeUpstream upstream = FakeUpstream.start(vertx);
    private final AtomicInteger insideConnections = new AtomicInteger();
    private final Map<String, List<String>> answers = new HashMap<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private GuardedClient client;

    @BeforeEach
    void start() throws Exception {
        Expect.soon(vertx.createNetServer()
                .connectHandler(socket -> insideConnections.incrementAndGet())
                .listen(upstream.port(), INSIDE));
        TestCertificate own = TestCertificate.loopback();
        client = new GuardedClient(
                vertx,
                new AddressGuard(List.of(AddressRange.parse(ALLOWED))),
                this::lookUp,
                Trust.of(List.of(), new OwnCertificate(own.privateKey(), List.of(own.leaf()))),
                new Wire("Berth/test", "", HttpLimits.DEFAULT),
                Clock.systemUTC(),
                new FetchMeters(new SimpleMeterRegistry()));
        upstream.serve("/file", "good");
    }

    @AfterEach
    void stop() {
        Expect.soon(vertx.close());
    }

    @Test
    @DisplayName("S06: the address that was checked is the address that is connected to")
    void a_name_is_looked_up_once_for_check_and_connection() {
        stands("rebinding.example", ALLOWED, INSIDE);

        assertThat(asked("rebinding.example", "/file")).isEqualTo("good");
        assertThat(lookUps).hasValue(1);

        assertThatThrownBy(() -> asked("rebinding.example", "/file")).hasMessageContaining("is off limits");
        assertThat(insideConnections).hasValue(0);
    }

    @Test
    @DisplayName("S06: a public address beside one inside")
    void a_name_with_one_address_inside_is_refused_whole() {
        answers.put("mixed.example", new ArrayList<>(List.of(ALLOWED + "," + INSIDE)));

        assertThatThrownBy(() -> asked("mixed.example", "/file")).hasMessageContaining("is off limits");
        assertThat(upstream.connections() + insideConnections.get()).isZero();
    }

    @Test
    @DisplayName("S05: a redirect to a name that stands for an address inside")
    void a_redirect_to_a_name_inside_is_refused() {
        stands("outside.example", ALLOWED);
        stands("inside.example", INSIDE);
        upstream.misbehave("/file", Behaviours.redirect("https://inside.example:" + upstream.port() + "/file"));

        assertThatThrownBy(() -> asked("outside.example", "/file"))
                .hasMessageContaining("The address of inside.example:" + upstream.port() + " is off limits");
        assertThat(insideConnections).hasValue(0);
    }

    /** One answer after the other. */
    private void stands(String host, String... addresses) {
        answers.put(host, new ArrayList<>(List.of(addresses)));
    }

    private Future<List<InetAddress>> lookUp(String host) {
        lookUps.incrementAndGet();
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (String address : answers.get(host).remove(0).split(",")) {
                addresses.add(InetAddress.getByName(address));
            }
        } catch (UnknownHostException e) {
            return Future.failedFuture(e);
        }
        return Future.succeededFuture(addresses);
    }

    private String asked(String host, String path) {
        Location location = Location.parse("https://" + host + ":" + upstream.port() + path);
        Promise<String> answer = Promise.promise();
        vertx.getOrCreateContext().runOnContext(go -> client
                .ask(Ask.get(location, upstream.certificate().certificate()), reply -> reply.body(100))
                .map(Object::toString)
                .onComplete(answer));
        return Expect.soon(answer.future());
    }
}
