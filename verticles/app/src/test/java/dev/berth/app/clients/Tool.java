package dev.berth.app.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine with an environment of its own. Its output goes through files, so that it never waits for
 * its reader.
 *
 * @param program the first words of its command line
 * @param environment added to this process' environment
 * @param seconds how long one run may take; it is killed then and the test fails
 */
record Tool(List<String> program, Map<String, String> environment, long seconds) {

    /** Runs to its end with these words, reading {@code input}. */
    ToolRun run(byte[] input, List<String> words) {
        Path folder = scratch();
        try {
            Path in = Files.write(folder.resolve("in"), input);
            Process process = builder(words)
                    .redirectInput(in.toFile())
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
            boolean ended = awaited(process);
            String out = read(folder.resolve("out"));
            String err = read(folder.resolve("err"));
            if (!ended) {
                throw new AssertionError(command(words) + " did not end within " + seconds + " s: " + err + out);
            }
            return new ToolRun(command(words), process.exitValue(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(folder);
        }
    }

    /** Starts it and leaves it running, its output in {@code output}. The caller ends it. */
    Process start(Path output, List<String> words) throws IOException {
        return builder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(command(words));
        // Servers of tests are on this machine, whatever proxy its owner has set up.
        builder.environment().putAll(Map.of("NO_PROXY", "*", "no_proxy", "*"));
        builder.environment().putAll(environment);
        return builder;
    }

    private List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(program);
        command.addAll(words);
        return command;
    }

    private boolean awaited(Process process) {
        try {
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor(seconds, TimeUnit.SECONDS);
            }
            return ended;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + program + " ran", e);
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("berth-tool");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static void delete(Path folder) {
        for (String name : List.of("in", "out", "err", "")) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
