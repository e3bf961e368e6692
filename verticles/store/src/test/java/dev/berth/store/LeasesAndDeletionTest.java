package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.BlobId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeasesAndDeletionTest {
    private static final BlobId A = new BlobId("a".repeat(64));
    private static final BlobId B = new BlobId("b".repeat(64));

    private long now;
    private final Leases leases = new Leases(() -> now, Duration.ofHours(1));
    private final Deletion deletion = new Deletion(() -> now, Duration.ofSeconds(5), leases);

    @Test
    void a_blob_is_held_until_its_last_ticket_lets_go() {
        leases.grant("t1", A);
        leases.grant("t2", A);
        leases.grant("t2", B);

        assertThat(leases.release("t1")).containsExactly(A);
        assertThat(leases.leased()).containsExactly(A, B);
        assertThat(leases.release("t2")).containsExactly(A, B);
        assertThat(leases.release("t2")).isEmpty();
        assertThat(leases.holds(A)).isFalse();
    }

    @Test
    void a_lease_that_nobody_releases_ends_by_itself() {
        leases.grant("lost", A);
        later(Duration.ofHours(1));
        assertThat(leases.expire()).isEmpty();

        later(Duration.ofSeconds(1));

        assertThat(leases.expire()).containsExactly(A);
        assertThat(leases.holds(A)).isFalse();
    }

    @Test
    void nothing_is_due_before_the_grace_time() {
        deletion.condemn(List.of(A));
        later(Duration.ofSeconds(4));
        assertThat(deletion.due()).isEmpty();

        later(Duration.ofSeconds(1));

        assertThat(deletion.due()).containsExactly(A);
        assertThat(deletion.due()).as("the next try comes a grace time later").isEmpty();
    }

    @Test
    void a_leased_blob_is_neither_due_nor_taken() {
        deletion.condemn(List.of(A));
        leases.grant("t1", A);
        later(Duration.ofSeconds(6));

        assertThat(deletion.due()).isEmpty();
        assertThat(deletion.mayTake(A)).isFalse();
        leases.release("t1");
        assertThat(deletion.due()).containsExactly(A);
        assertThat(deletion.mayTake(A)).isTrue();
    }

    @Test
    void a_spared_blob_is_not_taken_even_when_it_was_due() {
        deletion.condemn(List.of(A));
        later(Duration.ofSeconds(6));
        deletion.due();

        deletion.spare(A);

        assertThat(deletion.mayTake(A)).isFalse();
    }

    @Test
    void an_answer_that_is_older_than_the_sentence_does_not_carry_it_out() {
        deletion.condemn(List.of(A));
        later(Duration.ofSeconds(6));
        deletion.due();

        deletion.condemn(List.of(A));

        assertThat(deletion.mayTake(A)).isFalse();
    }

    @Test
    void a_blob_that_cannot_be_removed_is_left_to_the_next_start_at_last() {
        deletion.condemn(List.of(A));
        for (int i = 0; i <= Deletion.MOST_TRIES; i++) {
            later(Duration.ofSeconds(6));
            deletion.due();
        }

        later(Duration.ofSeconds(6));

        assertThat(deletion.due()).isEmpty();
    }

    private void later(Duration time) {
        now += time.toNanos();
    }
}
