package dev.berth.app.faults;

import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The system calls of a running process, watched and perhaps made to fail. */
final class Trace implements AutoCloseable {
    private static final long LONGEST_SECONDS = 30;

    private final Process strace;
    private final Path log;

    private Trace(Process strace, Path log) {
        this.strace = strace;
        this.log = log;
    }

    /**
     * Watches all threads of a process. Ends the test when this machine cannot.
     *
     * @param calls as {@code -e trace=} takes them
     * @param more options, like those that make calls fail
     */
    static Trace of(long pid, Path log, String calls, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(RealTool.named("strace").program().toString()));
        command.addAll(List.of("-f", "-y", "-qq", "-s", "3000", "-o", log.toString(), "-e", "trace=" + calls));
        command.addAll(List.of(more));
        command.addAll(List.of("-p", String.valueOf(pid)));
        Process strace = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(log.resolveSibling(log.getFileName() + ".err").toFile()).start();
        Trace trace = new Trace(strace, log);
        boolean attached = Remains.soon(() -> isTraced(pid) || !strace.isAlive());
        if (!attached || !strace.isAlive()) {
            trace.close();
            RealTool.need(false, "strace cannot watch another process here");
        }
        return trace;
    }

    /** Stops watching; every call so far, in the order they began or, where others came between, began and ended. */
    List<String> lines() throws IOException {
        close();
        return Files.readAllLines(log);
    }

    @Override
    public void close() throws IOException {
        strace.destroy();
        try {
            if (!strace.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                strace.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while strace ended", e);
        }
    }

    /** True when each thread of the process has a tracer. */
    private static boolean isTraced(long pid) throws IOException {
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("status")).contains("TracerPid:\t0\n")) {
                    return false;
                }
            }
            return true;
        }
    }
}
