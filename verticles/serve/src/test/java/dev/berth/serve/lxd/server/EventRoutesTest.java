package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.OperationsContract.Kind;
import dev.berth.serve.lxd.Heard;
import dev.berth.serve.lxd.Visitor;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class EventRoutesTest {
    private static final String PATH = "/1.0/events";

    private final ServerHalf server = new ServerHalf();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("rest-api 207, 214 (at once)")
    void a_trusted_client_is_let_in_and_pinged_at_once() throws Exception {
        Frames frames = listening(server.face.admin(), PATH);

        frames.pinged.get(5, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("rest-api 214 (interval)")
    void clients_hear_of_us_well_before_they_give_up() throws Exception {
        Frames frames = listening(server.face.admin(), PATH);

        assertThat(frames.pingedTwice.await(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("rest-api 4.3: an event right after the handshake is not lost")
    void whoever_was_let_in_misses_nothing_from_then_on() throws Exception {
        for (int round = 0; round < 20; round++) {
            Frames frames = listening(server.face.admin(), PATH);
            server.operations.announce("operation", "default", false, "\"round " + round + "\"");
            assertThat(frames.next()).isEqualTo("\"round " + round + "\"");
        }
    }

    @Test
    @DisplayName("rest-api 208 (order is passed on as it was announced)")
    void frames_arrive_in_the_order_of_their_announcement() throws Exception {
        Frames frames = listening(server.face.admin(), PATH);

        for (int i = 0; i < 200; i++) {
            server.operations.announce("operation", "default", false, Integer.toString(i));
        }

        for (int i = 0; i < 200; i++) {
            assertThat(frames.next()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    @DisplayName("rest-api 210")
    void a_type_filters_the_others_out() throws Exception {
        Frames frames = listening(server.face.admin(), PATH + "?type=lifecycle");

        server.operations.announce("operation", "default", false, "\"operation\"");
        server.operations.announce("lifecycle", "default", false, "\"lifecycle\"");

        assertThat(frames.next()).isEqualTo("\"lifecycle\"");
    }

    @Test
    @DisplayName("rest-api 211, 212")
    void a_project_hears_its_own_and_global_events_and_all_projects_hear_all() throws Exception {
        Frames dev = listening(server.face.admin(), PATH + "?project=dev");
        Frames all = listening(server.face.admin(), PATH + "?all-projects=true");

        server.operations.announce("lifecycle", "default", false, "\"default\"");
        server.operations.announce("lifecycle", "dev", false, "\"dev\"");
        server.operations.announce("lifecycle", "", false, "\"global\"");

        assertThat(dev.next()).isEqualTo("\"dev\"");
        assertThat(dev.next()).isEqualTo("\"global\"");
        assertThat(all.next()).isEqualTo("\"default\"");
        assertThat(all.next()).isEqualTo("\"dev\"");
    }

    @Test
    @DisplayName("rest-api 2.6, 4.5")
    void a_restricted_client_hears_its_projects_but_no_secrets() throws Exception {
        Frames frames = listening(server.face.restrictedTo("dev"), PATH + "?project=dev");

        server.operations.announce("operation", "dev", true, "\"secret\"");
        server.operations.announce("operation", "dev", false, "\"harmless\"");

        assertThat(frames.next()).isEqualTo("\"harmless\"");
        assertThat(refused(server.face.restrictedTo("dev"), PATH)).isEqualTo(403);
        assertThat(refused(server.face.restrictedTo("dev"), PATH + "?all-projects=true")).isEqualTo(403);
        assertThat(refused(server.face.restrictedTo("dev"), PATH + "?project=dev&type=logging")).isEqualTo(403);
    }

    @Test
    @DisplayName("rest-api 213")
    void what_is_no_event_type_is_refused_without_an_upgrade() {
        assertThat(refused(server.face.admin(), PATH + "?type=weather")).isEqualTo(400);
        assertThat(refused(server.face.admin(), PATH + "?project=dev&all-projects=1")).isEqualTo(400);
        assertThat(refused(server.face.stranger(), PATH)).isEqualTo(403);
    }

    @Test
    @DisplayName("rest-api 4.5")
    void a_plain_get_is_told_to_come_as_a_websocket() {
        Heard heard = server.face.admin().get(PATH);

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.error()).contains("websocket");
        assertThat(server.face.admin().get(PATH + "?type=weather").error())
                .isEqualTo("\"weather\" is not a supported event type");
    }

    @Test
    @DisplayName("rest-api 215")
    void a_client_that_stops_reading_delays_nobody_and_is_cut_off() throws Exception {
        Visitor stalled = server.face.admin();
        WebSocket asleep = stalled.connect(PATH, new Stalled()).get(10, TimeUnit.SECONDS);
        Frames awake = listening(server.face.admin(), PATH);
        String large = '"' + "x".repeat(60_000) + '"';

        for (int i = 0; i < 400; i++) {
            server.operations.announce("operation", "default", false, large);
            assertThat(awake.next()).as("frame %d", i).hasSize(large.length());
        }

        assertThat(cutOff()).isEqualTo(1.0);
        asleep.abort();
    }

    @Test
    void a_client_that_left_is_forgotten() throws Exception {
        WebSocket socket = server.face.admin().connect(PATH, new Frames()).get(10, TimeUnit.SECONDS);
        assertThat(listeners()).isEqualTo(1);

        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);

        server.face.eventually(() -> listeners() == 0);
    }

    @Test
    @DisplayName("rest-api 215: nor does one that leaves, in whatever way")
    void a_client_that_leaves_takes_nobody_with_it_and_waits_for_no_work() throws Exception {
        server.operations.running(Kind.TASK, "default", null, null);
        WebSocket polite = server.face.admin().connect(PATH, new Frames()).get(10, TimeUnit.SECONDS);
        WebSocket rude = server.face.admin().connect(PATH, new Frames()).get(10, TimeUnit.SECONDS);
        Frames staying = listening(server.face.admin(), PATH);

        polite.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
        rude.abort();
        server.face.eventually(() -> listeners() == 1);
        server.operations.announce("operation", "default", false, "\"still here\"");

        assertThat(staying.next()).isEqualTo("\"still here\"");
    }

    private Frames listening(Visitor visitor, String path) throws Exception {
        Frames frames = new Frames();
        visitor.connect(path, frames).get(10, TimeUnit.SECONDS);
        return frames;
    }

    private static int refused(Visitor visitor, String path) {
        CompletableFuture<WebSocket> connecting = visitor.connect(path, new Frames());
        int[] status = new int[1];
        assertThatThrownBy(connecting::join).isInstanceOf(CompletionException.class).satisfies(failed ->
                status[0] = ((WebSocketHandshakeException) failed.getCause()).getResponse().statusCode());
        return status[0];
    }

    private double cutOff() {
        return server.face.registry().counter("berth.events.cut.off").count();
    }

    private int listeners() {
        return server.face.registry().more().longTaskTimer("berth.events.listening").activeTasks();
    }

    /** Asks for nothing, so its socket fills up. */
    private static final class Stalled implements WebSocket.Listener {
        @Override
        public void onOpen(WebSocket socket) {
            // Not asking for messages is what makes it stall.
        }
    }
}
