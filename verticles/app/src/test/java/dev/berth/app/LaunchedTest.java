package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/berth} as people start it. Runs after packaging, so that the launcher finds the program built. */
class LaunchedTest {
    private static final Path LAUNCHER = Path.of("../../deploy/berth").toAbsolutePath().normalize();
    private static final long SECONDS = 120;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end_what_still_runs() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly();
            process.waitFor(SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void serves_answers_verbs_refuses_a_second_one_and_stops_on_SIGTERM() throws Exception {
        Path data = folder.resolve("data");
        Process service = serve(data);
        assertThat(firstLine(service)).matches("berth is ready: https://127\\.0\\.0\\.1:\\d+  data " + data
                + "  fingerprint [0-9a-f]{64}");

        Process list = launch("list", "--data", data.toString());
        assertThat(exit(list)).isZero();
        Process second = serve(data);
        assertThat(exit(second)).isEqualTo(1);
        assertThat(text(second.getErrorStream().readAllBytes())).contains("is in use by another berth");

        service.destroy();
        assertThat(exit(service)).isIn(0, 143);
        assertThat(data.resolve("unix.socket")).doesNotExist();
    }

    @Test
    void a_killed_service_leaves_nothing_in_the_way_of_the_next() throws Exception {
        Path data = folder.resolve("data");
        Process killed = serve(data);
        assertThat(firstLine(killed)).startsWith("berth is ready");
        killed.destroyForcibly();
        assertThat(exit(killed)).isEqualTo(137);

        Process next = serve(data);
        assertThat(firstLine(next)).startsWith("berth is ready");
        assertThat(exit(launch("list", "--data", data.toString()))).isZero();
    }

    @Test
    void wrong_usage_exits_2_with_a_hint() throws Exception {
        Process wrong = launch("serve", "--lisen", "x");
        assertThat(exit(wrong)).isEqualTo(2);
        assertThat(text(wrong.getErrorStream().readAllBytes())).contains("--listen");
    }

    private Process serve(Path data) throws IOException {
        return launch("serve", "--data", data.toString(), "--listen", "127.0.0.1:0", "--management", "off");
    }

    private Process launch(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private static String firstLine(Process process) throws Exception {
        return CompletableFuture.supplyAsync(() -> read(process)).get(SECONDS, TimeUnit.SECONDS);
    }

    private static String read(Process process) {
        try {
            String line = process.inputReader().readLine();
            return line != null ? line : text(process.getErrorStream().readAllBytes());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("exits in time").isTrue();
        return process.exitValue();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
