package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.SpaceLedger.Reservation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SpaceLedgerTest {
    private static final long MIB = 1 << 20;

    private long free = 100 * MIB;

    @Test
    @DisplayName("reliability R34: summed under one lock, never more than there is")
    void promises_add_up_to_no_more_than_is_free() {
        SpaceLedger ledger = ledger(0, Long.MAX_VALUE);
        Reservation first = ledger.open();
        assertThat(first.cover(60 * MIB)).isEmpty();

        assertThat(ledger.open().cover(60 * MIB))
                .hasValue("no space left: wanted 62914560 bytes, 41943040 available (0 are kept free);"
                        + " delete images or enlarge the disk");
        first.close();
        assertThat(ledger.open().cover(60 * MIB)).isEmpty();
    }

    @Test
    void what_is_written_is_not_counted_twice() {
        SpaceLedger ledger = ledger(0, Long.MAX_VALUE);
        Reservation first = ledger.open();
        first.cover(60 * MIB);
        first.wrote(60 * MIB);
        free -= 60 * MIB;

        assertThat(ledger.open().cover(40 * MIB)).isEmpty();
        assertThat(ledger.written()).isEqualTo(60 * MIB);
    }

    @Test
    @DisplayName("reliability R32: refused before the disk is full")
    void the_free_minimum_is_never_promised() {
        assertThat(ledger(90 * MIB, Long.MAX_VALUE).open().cover(11 * MIB)).isPresent();
        assertThat(ledger(90 * MIB, Long.MAX_VALUE).open().cover(10 * MIB)).isEmpty();
    }

    @Test
    void staging_as_a_whole_is_limited_also_when_it_is_written() {
        SpaceLedger ledger = ledger(0, 30 * MIB);
        Reservation first = ledger.open();
        first.cover(20 * MIB);
        first.wrote(20 * MIB);

        assertThat(ledger.open().cover(11 * MIB)).isPresent();
        assertThat(ledger.open().cover(10 * MIB)).isEmpty();
    }

    @Test
    void an_unknown_length_is_promised_in_steps_and_the_rest_given_back() {
        SpaceLedger ledger = ledger(0, Long.MAX_VALUE);
        Reservation growing = ledger.open();

        growing.cover(1);
        assertThat(ledger.held()).isEqualTo(SpaceLedger.STEP);
        growing.wrote(5);
        growing.trim();
        assertThat(ledger.held()).isEqualTo(5);
        growing.close();
        growing.close();
        assertThat(ledger.held()).isZero();
    }

    @Test
    void the_last_bytes_may_be_less_than_a_step() {
        free = MIB;

        assertThat(ledger(0, Long.MAX_VALUE).open().cover(MIB)).isEmpty();
        assertThat(ledger(0, Long.MAX_VALUE).open().cover(MIB + 1)).isPresent();
    }

    private SpaceLedger ledger(long minFree, long stagingLimit) {
        return new SpaceLedger(() -> free, minFree, stagingLimit);
    }
}
