package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serve.edge.Patience.Verdict;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Time is a number here: default limits, looked at once a second. */
class PatienceTest {
    private final Patience patience = new Patience(EdgeLimits.DEFAULT, 0);
    private long received;
    private long progress;
    private boolean heading;

    @Test
    void a_first_head_gets_ten_seconds() {
        assertThat(secondsUntilCut(1, 0, 0, false, true, 0)).isEqualTo(11);
    }

    @Test
    void a_quiet_connection_gets_a_minute_after_its_last_request() {
        look(1, 1, 1, false, true, 0);
        assertThat(secondsUntilCut(2, 1, 0, false, true, 0)).isEqualTo(62);
    }

    @Test
    void a_later_head_gets_ten_seconds_too() {
        look(1, 1, 1, false, true, 0);
        look(30, 1, 0, false, true, 0);
        heading = true;
        assertThat(secondsUntilCut(31, 1, 0, false, true, 0)).isEqualTo(42);
    }

    @Test
    void the_end_of_an_upload_is_not_taken_for_the_beginning_of_the_next_head() {
        look(1, 1, 1, true, true, 0);
        received += 1_000;
        assertThat(secondsUntilCut(2, 1, 0, false, true, 0)).isEqualTo(62);
    }

    @Test
    void a_waiting_request_is_never_hurried() {
        for (int second = 1; second < 4000; second++) {
            assertThat(look(second, 1, 1, false, true, 0)).isEqualTo(Verdict.STAY);
        }
    }

    @Test
    void an_upload_may_stop_for_a_while_and_goes_on() {
        for (int second = 1; second < 600; second++) {
            received += second % 20 == 0 ? 1_000_000 : 0;
            assertThat(look(second, 1, 1, true, true, 0)).isEqualTo(Verdict.STAY);
        }
    }

    @Test
    void an_upload_that_stopped_is_cut_after_the_grace_time_whatever_it_sent_before() {
        received = 1_000_000_000;
        look(1, 1, 1, true, true, 0);
        assertThat(secondsUntilCut(2, 1, 1, true, true, 0)).isEqualTo(22);
    }

    @Test
    void an_upload_that_we_do_not_read_owes_nothing() {
        for (int second = 1; second < 600; second++) {
            assertThat(look(second, 1, 1, true, false, 0)).isEqualTo(Verdict.STAY);
        }
    }

    @Test
    void who_does_not_read_is_cut_after_a_minute_and_who_reads_slowly_is_not() {
        for (int second = 1; second < 600; second++) {
            progress += second % 50 == 0 ? 1 : 0;
            assertThat(look(second, 1, 1, false, true, 1_000_000)).isEqualTo(Verdict.STAY);
        }
        assertThat(secondsUntilCut(600, 1, 1, false, true, 1_000_000)).isBetween(610, 612);
    }

    private int secondsUntilCut(int from, long begun, int running, boolean uploading, boolean reading, long pending) {
        int second = from;
        while (look(second, begun, running, uploading, reading, pending) == Verdict.STAY) {
            second++;
            assertThat(second).isLessThan(10_000);
        }
        return second;
    }

    private Verdict look(int second, long begun, int running, boolean uploading, boolean reading, long pending) {
        long nanos = TimeUnit.SECONDS.toNanos(second);
        return patience.look(
                new Sight(nanos, received, reading, pending, progress, begun, running, heading, uploading, false));
    }
}
