package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Real programs as clients. A test that needs one which is not here is skipped, or fails under BERTH_REQUIRE_REAL=1. */
final class Tool {
    private Tool() {}

    static String run(String... command) throws Exception {
        require(command[0]);
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

    private static void require(String program) {
        boolean here = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if ("1".equals(System.getenv("BERTH_REQUIRE_REAL"))) {
            assertThat(here).as(program + " is here").isTrue();
        }
        assumeTrue(here, program + " is not here");
    }
}
