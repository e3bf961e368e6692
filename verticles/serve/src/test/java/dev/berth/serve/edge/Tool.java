package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RealTool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Real programs as clients; the end of the test, as {@link RealTool} describes it, where one is missing. */
final class Tool {
    private Tool() {}

    static String run(String... command) throws Exception {
        RealTool.named(command[0]);
        Path output = Files.createTempFile("berth-tool", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(Arrays.toString(command)).isTrue();
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1);
        } finally {
            Files.delete(output);
        }
    }
}
