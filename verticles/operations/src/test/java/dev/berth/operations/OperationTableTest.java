package dev.berth.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Progress;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationTableTest {
    private final FakeClock clock = new FakeClock();
    private final OperationTable table = new OperationTable(
            new OperationsConf(Duration.ofSeconds(60), 3, Duration.ofMillis(500), 10), clock);

    @Test
    void a_started_operation_is_found_running_at_once() {
        Operation started = table.start(task("default"));

        assertThat(table.find(started.id())).contains(started);
        assertThat(started.status()).isEqualTo(Status.RUNNING);
        assertThat(started.error()).isEmpty();
        assertThat(started.id()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(table.running()).isEqualTo(1);
    }

    @Test
    void progress_that_comes_too_soon_is_kept_but_not_told() {
        String id = table.start(task("default")).id();

        assertThat(table.progress(download(id, "1%"))).isPresent();
        clock.advance(Duration.ofMillis(499));
        assertThat(table.progress(download(id, "2%"))).isEmpty();
        assertThat(table.find(id).orElseThrow().metadata()).containsEntry("download_progress", "2%");
        clock.advance(Duration.ofMillis(1));
        assertThat(table.progress(download(id, "3%"))).isPresent();
    }

    @Test
    void a_new_stage_or_a_new_fact_is_told_however_soon_it_comes() {
        String id = table.start(task("default")).id();
        table.progress(download(id, "1%"));

        assertThat(table.progress(new Progress(id, Map.of("unpack_progress", "0%")))).isPresent();
        assertThat(table.progress(new Progress(id, Map.of("unpack_progress", "0%", "size", "1")))).isPresent();
        assertThat(table.progress(new Progress(id, Map.of("unpack_progress", "0%", "size", "2")))).isPresent();
        assertThat(table.progress(new Progress(id, null))).isPresent();
    }

    /** rest-api 216: clients break down on anything else. */
    @Test
    void progress_is_one_text_whatever_a_worker_reports() {
        String id = table.start(task("default")).id();

        table.progress(new Progress(id, Map.of("a_progress", 12, "b_progress", true, "size", 5)));

        Map<String, Object> shown = table.find(id).orElseThrow().metadata();
        assertThat(shown).containsEntry("size", 5).hasSize(2);
        assertThat(shown.entrySet())
                .filteredOn(e -> e.getKey().endsWith("_progress"))
                .singleElement()
                .satisfies(e -> assertThat(e.getValue()).isInstanceOf(String.class));
    }

    @Test
    void the_final_metadata_replaces_all_that_was_there_and_has_no_progress() {
        String id = table.start(task("default")).id();
        table.progress(new Progress(id, Map.of("download_progress", "9%", "speed", "1")));

        table.finish(success(id, Map.of("fingerprint", "ab", "size", "7", "download_progress", "100%")));

        assertThat(table.find(id).orElseThrow().metadata())
                .containsOnly(entry("fingerprint", "ab"), entry("size", "7"));
    }

    /** rest-api 3.6: the pusher reads it in the first answer and waits with it until the end. */
    @Test
    void the_secret_stays_in_the_metadata_through_every_change() {
        Start upload = new Start(
                null, Kind.TASK, "Downloading image", "default", null, Map.of(), false, "5ec2e7", Requestor.BERTH);
        String id = table.start(upload).id();
        assertThat(table.find(id).orElseThrow().metadata()).containsEntry("secret", "5ec2e7");

        table.progress(download(id, "1%"));
        assertThat(table.find(id).orElseThrow().metadata()).containsEntry("secret", "5ec2e7");

        table.finish(success(id, null));
        assertThat(table.find(id).orElseThrow().metadata()).containsOnly(entry("secret", "5ec2e7"));
    }

    @Test
    void an_ended_operation_never_changes_again() {
        String id = table.start(task("default")).id();
        Operation ended = table.finish(success(id, Map.of("size", "1"))).orElseThrow();

        assertThat(table.finish(new Finish(id, Status.FAILURE, null, "late", null))).isEmpty();
        assertThat(table.progress(download(id, "5%"))).isEmpty();
        assertThat(table.cancelToken(id)).isEmpty();
        assertThat(table.find(id)).contains(ended);
    }

    /** rest-api 217 and 4.1: an empty text would read as success. */
    @Test
    void a_failure_always_has_a_text_and_a_success_none() {
        String failed = table.start(task("default")).id();
        String fine = table.start(task("default")).id();

        assertThat(table.finish(new Finish(failed, Status.FAILURE, null, "", null)).orElseThrow().error())
                .isNotEmpty();
        assertThat(table.finish(new Finish(fine, Status.SUCCESS, null, null, null)).orElseThrow().error())
                .isEmpty();
    }

    @Test
    void ended_operations_stay_for_the_retention_time_and_then_go() {
        String ended = table.start(task("default")).id();
        String running = table.start(task("default")).id();
        table.finish(success(ended, null));

        clock.advance(Duration.ofSeconds(60));
        table.forget();
        assertThat(table.find(ended)).isPresent();

        clock.advance(Duration.ofMillis(1));
        table.forget();
        assertThat(table.find(ended)).isEmpty();
        assertThat(table.find(running)).isPresent();
    }

    @Test
    void only_so_many_ended_operations_are_kept() {
        List<String> ids = List.of(start(), start(), start(), start());

        ids.forEach(id -> table.finish(success(id, null)));

        assertThat(table.find(ids.get(0))).isEmpty();
        assertThat(table.list(null)).extracting(Operation::id).containsExactlyElementsOf(ids.subList(1, 4));
        assertThat(table.running()).isZero();
    }

    @Test
    void a_list_shows_only_the_projects_that_were_asked_for() {
        Operation ours = table.start(task("ours"));
        Operation theirs = table.start(task("theirs"));

        assertThat(table.list(List.of("ours"))).containsExactly(ours);
        assertThat(table.list(List.of())).isEmpty();
        assertThat(table.list(null)).containsExactly(ours, theirs);
    }

    /** rest-api 206. */
    @Test
    void only_running_and_cancellable_operations_can_be_cancelled() {
        Operation running = table.start(task("default"));
        Operation stubborn = table.start(new Start(
                null, Kind.TASK, "x", "default", null, null, false, null, Requestor.BERTH));

        assertThat(OperationTable.hindrance(running)).isEmpty();
        assertThat(OperationTable.hindrance(stubborn))
                .contains(Refused.invalid("This operation can't be cancelled"));
        assertThat(OperationTable.hindrance(table.cancelTask(running)))
                .contains(Refused.invalid("Only running operations can be cancelled"));
        assertThat(OperationTable.hindrance(table.finish(success(stubborn.id(), null)).orElseThrow()))
                .contains(Refused.invalid("Only running operations can be cancelled"));
    }

    @Test
    void a_cancelled_task_still_takes_its_workers_last_word() {
        Operation task = table.start(task("default"));
        table.cancelTask(task);

        Operation ended = table.finish(new Finish(task.id(), Status.CANCELLED, null, "", null)).orElseThrow();

        assertThat(ended.status()).isEqualTo(Status.CANCELLED);
    }

    private String start() {
        return table.start(task("default")).id();
    }

    private static Start task(String project) {
        return new Start(null, Kind.TASK, "Downloading image", project, null, null, true, null, Requestor.BERTH);
    }

    private static Progress download(String id, String text) {
        return new Progress(id, Map.of("download_progress", text));
    }

    private static Finish success(String id, Map<String, Object> metadata) {
        return new Finish(id, Status.SUCCESS, metadata, "", null);
    }
}
