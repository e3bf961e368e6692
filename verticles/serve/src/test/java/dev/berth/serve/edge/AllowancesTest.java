package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowancesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Allowances allowances = new Allowances(10, 5, 42);

    @Test
    void a_burst_passes_and_then_one_each_interval() {
        assertThat(IntStream.range(0, 5).mapToLong(i -> allowances.take("192.0.2.1", 0))).containsOnly(0L);

        assertThat(allowances.take("192.0.2.1", 0)).isEqualTo(SECOND / 10);
        assertThat(allowances.take("192.0.2.1", SECOND / 10 - 1)).isEqualTo(1);
        assertThat(allowances.take("192.0.2.1", SECOND / 10)).isZero();
        assertThat(allowances.take("192.0.2.1", SECOND / 10)).isEqualTo(SECOND / 10);
    }

    @Test
    void after_a_while_the_burst_is_whole_again_and_no_more() {
        IntStream.range(0, 5).forEach(i -> allowances.take("192.0.2.1", 0));

        long later = 3600 * SECOND;
        assertThat(IntStream.range(0, 5).mapToLong(i -> allowances.take("192.0.2.1", later))).containsOnly(0L);
        assertThat(allowances.take("192.0.2.1", later)).isPositive();
    }

    @Test
    void one_address_does_not_use_up_anothers() {
        IntStream.range(0, 100).forEach(i -> allowances.take("192.0.2.1", 0));

        assertThat(allowances.take("192.0.2.2", 0)).isZero();
    }

    /** Refusals must not push the moment of the next grant away, or who asks too often never gets anything. */
    @Test
    void asking_too_early_costs_nothing() {
        IntStream.range(0, 1000).forEach(i -> allowances.take("192.0.2.1", 0));

        assertThat(allowances.take("192.0.2.1", SECOND / 10)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2::1, 20010db800010002",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 20010db800010002",
        "2001:db8:1:3::1, 20010db800010003",
        "fe80::1%eth0, fe80000000000000",
        "::ffff:192.0.2.7, ::ffff:192.0.2.7",
    })
    void an_ipv6_subscriber_is_one_however_many_addresses_it_has(String host, String counted) {
        assertThat(Neighbourhood.of(host)).isEqualTo(counted);
    }
}
