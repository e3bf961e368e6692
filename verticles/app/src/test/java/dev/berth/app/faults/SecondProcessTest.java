package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.BerthProcess;
import dev.berth.app.CommandRun;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one data directory. */
@DisplayName("reliability R18")
@Timeout(120)
class SecondProcessTest {
    @TempDir
    Path folder;

    @Test
    void a_second_process_is_refused_in_words_and_a_killed_one_is_not_in_the_way() throws Exception {
        Path data = folder.resolve("data");
        try (BerthProcess first = BerthProcess.in(data)) {
            CommandRun second = BerthProcess.refused(data);

            assertThat(second.status()).isEqualTo(1);
            assertThat(second.err()).isEqualTo("berth: cannot start: the data directory " + data
                    + " is in use by another berth; stop that one, or choose another directory with --data\n");
            assertThat(new RawClient(first.unixSocket()).get("/1.0").status()).isEqualTo(200);
            first.kill();
        }
        try (BerthProcess next = BerthProcess.in(data)) {
            assertThat(new RawClient(next.unixSocket()).get("/1.0").status()).isEqualTo(200);
        }
    }
}
