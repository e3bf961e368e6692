package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.FreePort;
import dev.berth.testkit.RealTool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The launcher and the real {@code lxc} together, as people run them. After packaging, like other tests of the launcher. */
class SmokeLaunchedTest {
    private static final Path SCRIPT = Path.of("../../deploy/smoke/lxc.sh").toAbsolutePath().normalize();
    private static final long SECONDS = 240;

    @Test
    void the_smoke_script_finds_everything_good() {
        RealTool.named("lxc");
        Map<String, String> environment = Map.of("BERTH_SMOKE_PORT", Integer.toString(FreePort.next()));

        String said = new Tool(List.of(SCRIPT.toString()), environment, SECONDS).run(new byte[0], List.of()).good();

        assertThat(said).endsWith("smoke: good\n");
    }
}
