package dev.berth.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs to their end. */
final class Shell {
    private static final long LONGEST_MINUTES = 20;

    private Shell() {}

    /**
     * @param text what it printed on both outputs
     * @param seconds from start to end
     */
    record Ran(int exit, String text, double seconds) {
        Ran orFail() {
            if (exit != 0) {
                throw new IllegalStateException("exit " + exit + ": " + text);
            }
            return this;
        }
    }

    static Ran run(String... command) {
        return run(List.of(command));
    }

    static Ran run(List<String> command) {
        try {
            Path output = Files.createTempFile("berth-load", ".out");
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("took more than " + LONGEST_MINUTES + " minutes: " + command);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return new Ran(process.exitValue(), text, seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Says whether a program is on the path. */
    static boolean has(String program) {
        return run("sh", "-c", "command -v " + program).exit() == 0;
    }
}
