package dev.berth.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Progress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {
    @ParameterizedTest
    @DisplayName("rest-api 4.4")
    @CsvSource({
        "rootfs, 15, 100, 96570000, rootfs: 15% (96.57MB/s)",
        "'', 15, 100, 96570000, 15% (96.57MB/s)",
        "'', 999, 1000, 999, 99% (999B/s)",
        "'', 1000, 1000, 1000, 100% (1.00kB/s)",
        "metadata, 1500, -1, 0, metadata: 1.50kB (0B/s)",
        "'', 0, 0, 0, 0B (0B/s)",
        "'', 12, 10, 2500000000, 100% (2.50GB/s)"
    })
    void progress_reads_as_clients_print_it(String stage, long bytes, long total, long rate, String text) {
        assertThat(ProgressText.of(new Progress("t", stage, bytes, total, rate))).isEqualTo(text);
    }
}
