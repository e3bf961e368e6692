package dev.berth.app;

import dev.berth.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The service as a process of its own, for tests that kill it. What it prints on standard error
 * goes to {@code <data>.log}.
 */
public final class BerthProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path data;
    private final Path log;

    private BerthProcess(Process process, Path data, Path log) {
        this.process = process;
        this.data = data;
        this.log = log;
    }

    /** Starts a service and waits until clients can connect. */
    public static BerthProcess in(Path data) throws Exception {
        return in(data, Program.built());
    }

    /** Starts this program and waits until clients can connect. */
    public static BerthProcess in(Path data, Program program) throws Exception {
        return in(data, program, Map.of());
    }

    /** Starts it with settings in its environment and waits until clients can connect. */
    public static BerthProcess in(Path data, Program program, Map<String, String> environment) throws Exception {
        Path log = data.resolveSibling(data.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command(data, program))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        BerthProcess berth = new BerthProcess(process, data, log);
        berth.awaitReady();
        return berth;
    }

    /** Tries to start one that must not come up: its exit status, and what it said on standard error. */
    public static CommandRun refused(Path data) throws IOException, InterruptedException {
        Path said = data.resolveSibling(data.getFileName() + ".refused");
        Process process = new ProcessBuilder(command(data, Program.built())).redirectError(said.toFile()).start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end within " + LIMIT + ": " + Files.readString(said));
        }
        return new CommandRun(process.exitValue(), "", Files.readString(said));
    }

    private static List<String> command(Path data, Program program) {
        return program.command(
                Main.class, "serve", "--data", data.toString(), "--listen", "127.0.0.1:" + FreePort.next(),
                "--management", "off");
    }

    public Path data() {
        return data;
    }

    public Path unixSocket() {
        return data.resolve("unix.socket");
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it as a power cut would: no hook runs. Returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Ends it with SIGTERM and waits; its exit status. */
    public int stop() throws InterruptedException, IOException {
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("did not stop within " + LIMIT + ": " + Files.readString(log));
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping " + process.pid(), e);
        }
    }

    private void awaitReady() throws Exception {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(this::firstLine);
        try {
            String first = line.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (first == null || !first.startsWith("berth is ready")) {
                throw new IOException("expected the line that it is ready, got " + first + "; " + Files.readString(log));
            }
        } catch (ExecutionException | TimeoutException | IOException e) {
            kill();
            throw e;
        }
    }

    private String firstLine() {
        try {
            return process.inputReader().readLine();
        } catch (IOException e) {
            return null;
        }
    }
}
