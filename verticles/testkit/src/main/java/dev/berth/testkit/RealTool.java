package dev.berth.testkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of this machine that a test compares Berth with. Where it is missing the test is skipped and says why; with
 * {@code BERTH_REQUIRE_REAL=1} in the environment it fails instead, so that a build can insist.
 */
public final class RealTool {
    private static final long LONGEST_SECONDS = 60;

    private final Path program;

    private RealTool(Path program) {
        this.program = program;
    }

    /** Finds the program in {@code PATH}, or ends the test as described above. */
    public static RealTool named(String name) {
        Optional<Path> found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        need(found.isPresent(), name + " is not installed");
        return new RealTool(found.orElseThrow());
    }

    /** Goes on when something a comparison needs is there; otherwise ends the test as described above, saying why. */
    public static void need(boolean there, String whyNot) {
        if (!there && "1".equals(System.getenv("BERTH_REQUIRE_REAL"))) {
            fail(whyNot + ", and BERTH_REQUIRE_REAL=1 asks for it");
        }
        assumeTrue(there, whyNot + ", so there is nothing to compare with");
    }

    /**
     * As {@link #need}, for what other users may not do.
     *
     * @param what the beginning of a sentence that ends in "for root only"
     */
    public static void needRoot(String what) {
        need("root".equals(System.getProperty("user.name")), what + " for root only");
    }

    /** Where the program is, for tests that start it themselves. */
    public Path program() {
        return program;
    }

    /** Runs it in {@code folder} and expects success; its output goes nowhere unless it fails. */
    public void run(Path folder, String... arguments) throws IOException, InterruptedException {
        Ran ran = execute(folder, arguments);
        if (ran.status() != 0) {
            fail(ran.command() + " ended with " + ran.status() + ": " + ran.output());
        }
    }

    /** Runs it in {@code folder} and expects that it refuses; what it said. */
    public String refuses(Path folder, String... arguments) throws IOException, InterruptedException {
        Ran ran = execute(folder, arguments);
        if (ran.status() == 0) {
            fail(ran.command() + " was expected to refuse, and said " + ran.output());
        }
        return ran.output();
    }

    /** Runs it in {@code folder}; whether it succeeded, for what this machine may not let anybody do. */
    public boolean manages(Path folder, String... arguments) throws IOException, InterruptedException {
        return execute(folder, arguments).status() == 0;
    }

    private Ran execute(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(program.toString()), Arrays.stream(arguments)).toList();
        Path output = Files.createTempFile("real-tool", ".log");
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectErrorStream(true).redirectOutput(output.toFile()).start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                fail(command + " did not end within " + LONGEST_SECONDS + " s");
            }
            return new Ran(command, process.exitValue(), Files.readString(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private record Ran(List<String> command, int status, String output) {}
}
