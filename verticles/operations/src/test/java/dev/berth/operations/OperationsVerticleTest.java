package dev.berth.operations;

import static dev.berth.testkit.Expect.no;
import static dev.berth.testkit.Expect.soon;
import static dev.berth.testkit.Expect.yes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.Answer;
import dev.berth.contract.Call;
import dev.berth.contract.Done;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Await;
import dev.berth.contract.OperationsContract.Cancel;
import dev.berth.contract.OperationsContract.CancelRequested;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.OperationsContract.Find;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.ListAll;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Progress;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.LxdJson;
import dev.berth.lxd.OperationDocument;
import dev.berth.testkit.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real bus; whoever keeps tokens is a lambda. */
class OperationsVerticleTest {
    private static final Requestor ALICE = new Requestor("a11ce", "tls", "10.0.0.1:4711");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> stops = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> voided = new LinkedBlockingQueue<>();
    private final FakeClock clock = new FakeClock();
    private Vertx vertx;
    private Bus bus;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        Bus.prepare(vertx);
        bus = new Bus(vertx);
        soon(bus.hear(OperationsContract.EVENT, events::add));
        soon(bus.hear(OperationsContract.CANCEL_REQUESTED, (CancelRequested asked) -> stops.add(asked.id())));
        OperationsConf conf = new OperationsConf(Duration.ofMinutes(1), 100, Duration.ofMillis(500), 2);
        soon(vertx.deployVerticle(new OperationsVerticle(conf, clock, registry)));
    }

    @AfterEach
    void close() throws Exception {
        soon(vertx.close());
    }

    /** rest-api 200 and 208. */
    @Test
    void a_start_announces_pending_then_running_and_is_found_at_once() throws Exception {
        Operation started = ask(OperationsContract.START, task());

        assertThat(found(started.id())).isEqualTo(started);
        assertThat(statuses(2)).containsExactly("Pending", "Running");
    }

    /** rest-api 208: clients may handle frames in any order, so each one tells everything. */
    @Test
    void every_frame_carries_the_operation_as_a_lookup_shows_it() throws Exception {
        Operation started = ask(OperationsContract.START, task());

        JsonNode pending = frame(next());
        JsonNode running = frame(next());

        JsonNode document = LxdJson.read(OperationDocument.bytes(started));
        assertThat(running.get("metadata")).isEqualTo(document);
        assertThat(running.get("type").asText()).isEqualTo("operation");
        assertThat(running.get("location").asText()).isEqualTo("none");
        assertThat(running.get("project").asText()).isEqualTo("ours");
        assertThat(running.get("timestamp").asText()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(fieldNames(pending.get("metadata"))).isEqualTo(fieldNames(document));
        assertThat(pending.get("metadata").get("status_code").asInt()).isEqualTo(105);
    }

    @Test
    void progress_is_told_and_the_end_wakes_who_waits() throws Exception {
        String id = started();
        Future<Answer<Operation>> waiting = bus.ask(OperationsContract.AWAIT, new Await(id, -1));

        ask(OperationsContract.PROGRESS, new Progress(id, Map.of("download_progress", "50%")));
        ask(OperationsContract.FINISH, new Finish(id, Status.SUCCESS, Map.of("size", "3"), "", null));

        assertThat(frame(next()).at("/metadata/metadata/download_progress").asText()).isEqualTo("50%");
        assertThat(statuses(1)).containsExactly("Success");
        Operation ended = yes(soon(waiting));
        assertThat(ended.status()).isEqualTo(Status.SUCCESS);
        assertThat(ended.metadata()).isEqualTo(Map.of("size", "3"));
    }

    /** rest-api 4.3: what a lookup says is never older than what an event said. */
    @Test
    void whoever_hears_of_the_end_finds_the_end() throws Exception {
        String id = started();
        Future<Status> seen = seenOnHearing("Success", id);

        ask(OperationsContract.FINISH, new Finish(id, Status.SUCCESS, null, "", null));

        assertThat(soon(seen)).isEqualTo(Status.SUCCESS);
    }

    /** rest-api 201. */
    @Test
    void a_wait_whose_time_is_up_gets_the_state_of_then() throws Exception {
        String id = started();
        long before = System.nanoTime();

        Operation then = yes(ask(OperationsContract.AWAIT, new Await(id, 1)));

        assertThat(then.status()).isEqualTo(Status.RUNNING);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
        assertThat(yes(ask(OperationsContract.AWAIT, new Await(id, 0))).status()).isEqualTo(Status.RUNNING);
        assertThat(registry.get("berth.operations.waiting").gauge().value()).isZero();
    }

    @Test
    void waiting_for_what_has_ended_does_not_wait() throws Exception {
        String id = started();
        ask(OperationsContract.FINISH, new Finish(id, Status.FAILURE, null, "no such file", null));

        assertThat(yes(ask(OperationsContract.AWAIT, new Await(id, -1))).error()).isEqualTo("no such file");
    }

    @Test
    void more_waits_than_allowed_are_refused_rather_than_queued() throws Exception {
        String id = started();
        Future<Answer<Operation>> first = bus.ask(OperationsContract.AWAIT, new Await(id, -1));
        Future<Answer<Operation>> second = bus.ask(OperationsContract.AWAIT, new Await(id, -1));

        assertThat(no(ask(OperationsContract.AWAIT, new Await(id, -1))).reason()).isEqualTo(Refused.Reason.UNAVAILABLE);

        ask(OperationsContract.FINISH, new Finish(id, Status.SUCCESS, null, "", null));
        soon(first);
        soon(second);
    }

    @Test
    void unknown_operations_are_not_found_wherever_they_are_asked_for() throws Exception {
        Refused unknown = Refused.notFound("Operation not found");

        assertThat(no(ask(OperationsContract.FIND, new Find("x")))).isEqualTo(unknown);
        assertThat(no(ask(OperationsContract.AWAIT, new Await("x", -1)))).isEqualTo(unknown);
        assertThat(no(ask(OperationsContract.CANCEL, new Cancel("x", ALICE)))).isEqualTo(unknown);
        assertThat(ask(OperationsContract.PROGRESS, new Progress("x", null))).isEqualTo(Done.DONE);
    }

    @Test
    void a_task_is_cancelled_when_its_worker_has_stopped() throws Exception {
        String id = started();

        assertThat(ask(OperationsContract.CANCEL, new Cancel(id, ALICE))).isEqualTo(Answer.done());

        assertThat(stops.poll(5, TimeUnit.SECONDS)).isEqualTo(id);
        assertThat(found(id).status()).isEqualTo(Status.CANCELLING);
        assertCancelledBy(ALICE, id, next());
        ask(OperationsContract.FINISH, new Finish(id, Status.CANCELLED, null, "", null));
        assertThat(statuses(2)).containsExactly("Cancelling", "Cancelled");
    }

    /** rest-api 205 and 209. */
    @Test
    void a_token_is_cancelled_at_once_and_void_before_that() throws Exception {
        soon(bus.answer(TrustContract.VOID_TOKEN, token -> {
            voided.add(token.operation());
            return Future.succeededFuture(Done.DONE);
        }));
        String id = ask(OperationsContract.START, token()).id();
        statuses(2);

        ask(OperationsContract.CANCEL, new Cancel(id, ALICE));

        assertThat(voided).containsExactly(id);
        assertThat(found(id).status()).isEqualTo(Status.CANCELLED);
        assertThat(found(id).error()).isEmpty();
        assertCancelledBy(ALICE, id, next());
        assertThat(statuses(1)).containsExactly("Cancelled");
    }

    @Test
    void a_token_that_could_not_be_made_void_stays_running() throws Exception {
        soon(bus.answer(TrustContract.VOID_TOKEN, token -> Future.failedFuture("disk full")));
        String id = ask(OperationsContract.START, token()).id();

        assertThatThrownBy(() -> ask(OperationsContract.CANCEL, new Cancel(id, ALICE))).hasMessageContaining("disk full");

        assertThat(found(id).status()).isEqualTo(Status.RUNNING);
    }

    /** rest-api 4.5: a token's frame carries its secret. */
    @Test
    void frames_that_carry_a_secret_are_for_administrators_only() throws Exception {
        ask(OperationsContract.START, token());
        assertThat(List.of(next().adminsOnly(), next().adminsOnly())).containsOnly(true);

        ask(OperationsContract.START, new Start(
                null, Kind.TASK, "Downloading image", "ours", null, null, false, "5ec2e7", ALICE));
        assertThat(List.of(next().adminsOnly(), next().adminsOnly())).containsOnly(true);

        ask(OperationsContract.START, task());
        assertThat(List.of(next().adminsOnly(), next().adminsOnly())).containsOnly(false);
    }

    @Test
    void starting_what_is_known_changes_nothing_and_tells_nobody() throws Exception {
        Operation first = ask(OperationsContract.START, token());
        statuses(2);

        assertThat(ask(OperationsContract.START, token())).isEqualTo(first);

        assertThat(events).isEmpty();
    }

    @Test
    void a_list_holds_the_operations_of_the_projects_asked_for() throws Exception {
        String id = started();

        assertThat(ask(OperationsContract.LIST, new ListAll(List.of("ours"))).operations())
                .extracting(Operation::id)
                .containsExactly(id);
        assertThat(ask(OperationsContract.LIST, new ListAll(List.of("theirs"))).operations()).isEmpty();
        assertThat(ask(OperationsContract.LIST, new ListAll(null)).operations()).hasSize(1);
    }

    @Test
    void the_meters_count_what_runs_and_how_it_ended() throws Exception {
        String id = started();
        assertThat(registry.get("berth.operations.running").gauge().value()).isEqualTo(1);

        ask(OperationsContract.FINISH, new Finish(id, Status.FAILURE, null, "x", null));

        assertThat(registry.get("berth.operations.running").gauge().value()).isZero();
        assertThat(registry.get("berth.operations.ended").tag("status", "Failure").counter().count()).isEqualTo(1);
    }

    private Future<Status> seenOnHearing(String status, String id) throws Exception {
        Promise<Status> seen = Promise.promise();
        soon(bus.hear(OperationsContract.EVENT, event -> {
            if (frame(event).at("/metadata/status").asText().equals(status)) {
                bus.ask(OperationsContract.FIND, new Find(id))
                        .map(answer -> yes(answer).status())
                        .onComplete(seen);
            }
        }));
        return seen.future();
    }

    private static void assertCancelledBy(Requestor who, String id, Event event) {
        JsonNode metadata = frame(event).get("metadata");
        assertThat(event.type()).isEqualTo("lifecycle");
        assertThat(metadata.get("action").asText()).isEqualTo("operation-cancelled");
        assertThat(metadata.get("source").asText()).isEqualTo("/1.0/operations/" + id + "?project=ours");
        assertThat(metadata.at("/requestor/username").asText()).isEqualTo(who.username());
    }

    private String started() throws Exception {
        String id = ask(OperationsContract.START, task()).id();
        statuses(2);
        return id;
    }

    private Operation found(String id) throws Exception {
        return yes(ask(OperationsContract.FIND, new Find(id)));
    }

    private List<String> statuses(int count) throws Exception {
        List<String> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statuses.add(frame(next()).at("/metadata/status").asText());
        }
        return statuses;
    }

    private Event next() throws Exception {
        Event event = events.poll(5, TimeUnit.SECONDS);
        assertThat(event).as("an event within 5 s").isNotNull();
        return event;
    }

    private static JsonNode frame(Event event) {
        return LxdJson.read(event.json().getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> fieldNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Start task() {
        Map<String, List<String>> resources = Map.of("images", List.of("/1.0/images/ab"));
        return new Start(null, Kind.TASK, "Downloading image", "ours", resources, null, true, null, ALICE);
    }

    private static Start token() {
        Map<String, Object> metadata = Map.of("secret", "5ec2e7");
        return new Start(
                "0b3e5c1e-0000-4000-8000-000000000001", Kind.TOKEN, "Image download token", "ours", null, metadata, true, null, ALICE);
    }

    private <Q extends Record, R> R ask(Call<Q, R> call, Q question) {
        return soon(bus.ask(call, question));
    }
}
