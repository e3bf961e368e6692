package dev.berth.vcdiff;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The real {@code xdelta3}. Where it is missing the test is skipped and says why; with {@code BERTH_REQUIRE_REAL=1} in the
 * environment it fails instead.
 */
final class Xdelta3 {
    private static final long LONGEST_SECONDS = 60;

    private Xdelta3() {}

    static void required() {
        boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "xdelta3")));
        if (!found && "1".equals(System.getenv("BERTH_REQUIRE_REAL"))) {
            fail("xdelta3 is not installed, and BERTH_REQUIRE_REAL=1 asks for it");
        }
        assumeTrue(found, "xdelta3 is not installed, so there is nothing to compare with");
    }

    /** Runs it in {@code folder} and expects success. */
    static void run(Path folder, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("xdelta3"), arguments.stream()).toList();
        File log = folder.resolve("xdelta3.log").toFile();
        Process process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(log).start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail(command + " did not end within " + LONGEST_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            fail(command + " ended with " + process.exitValue() + ": " + Files.readString(log.toPath()));
        }
    }
}
