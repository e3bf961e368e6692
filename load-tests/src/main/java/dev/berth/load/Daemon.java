package dev.berth.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that runs in the background, with a folder of its own; only this very process is ever ended. */
final class Daemon implements AutoCloseable {
    private static final long POLL_MILLIS = 5;

    private final Process process;
    private final Path folder;

    private Daemon(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    static Daemon start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile());
            builder.environment().putAll(environment);
            return new Daemon(builder.start(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder under {@code parent}: the disk that is measured. */
    static Path folder(Path parent, String name) {
        try {
            return Files.createTempDirectory(parent, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    String output() {
        try {
            return Files.readString(folder.resolve("output.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks every few milliseconds until {@code ready} says so; fails when the program ends or time is up. */
    Daemon await(BooleanSupplier ready, int seconds) {
        try {
            until(() -> !process.isAlive() || ready.getAsBoolean(), seconds);
        } catch (IllegalStateException e) {
            throw new IllegalStateException("did not get ready: " + output(), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("ended before it got ready: " + output());
        }
        return this;
    }

    /** Looks every few milliseconds until {@code holds} says so; fails when time is up. */
    static void until(BooleanSupplier holds, int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + seconds + " s");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Ends it; its folder stays. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        Shell.run("rm", "-rf", "--one-file-system", folder.toString());
    }
}
