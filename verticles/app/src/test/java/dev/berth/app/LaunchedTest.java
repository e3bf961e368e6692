package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    void speaks_english_whatever_the_machine_speaks_because_a_full_disk_is_known_by_its_words() throws Exception {
        ProcessBuilder german = new ProcessBuilder(LAUNCHER.toString(), "serve", "--data", folder.resolve("data").toString(),
                "--listen", "127.0.0.1:0", "--management", "off");
        german.environment().putAll(Map.of("LC_ALL", "de_DE.UTF-8", "LC_MESSAGES", "de_DE.UTF-8", "LANG", "de_DE.UTF-8"));
        Process service = start(german);
        assertThat(firstLine(service)).startsWith("berth is ready");

        String environment = Files.readString(Path.of("/proc", String.valueOf(service.pid()), "environ"));
        assertThat(Stream.of(environment.split("\0")).filter(entry -> entry.startsWith("LC_ALL=")))
                .containsExactly("LC_ALL=C.UTF-8");
    }

    @Test
    void wrong_usage_exits_2_with_a_hint() throws Exception {
        Process wrong = launch("serve", "--lisen", "x");
        assertThat(exit(wrong)).isEqualTo(2);
        assertThat(text(wrong.getErrorStream().readAllBytes())).contains("--listen");
    }

    @Test
    void a_bar_is_drawn_when_errors_go_to_a_terminal_and_only_then() throws Exception {
        RealTool.named("script");
        Path data = folder.resolve("data");
        Path log = folder.resolve("log");
        byte[] image = ImageFixtures.unified(Packing.GZIP);
        Path file = Files.write(folder.resolve("image.tar.gz"), image);
        assertThat(firstLine(serve(data))).startsWith("berth is ready");
        String importing = LAUNCHER + " import " + file + " --data " + data + " >" + folder.resolve("out");
        String exporting = LAUNCHER + " export " + ImageFixtures.fingerprint(image) + " " + folder + " --data " + data;

        assertThat(onTerminal(importing)).contains("import  [").contains("100%");
        assertThat(onTerminal(exporting + " 2>" + log)).doesNotContain("%");
        assertThat(log).isEmptyFile();
    }

    @Test
    void classes_are_archived_whatever_the_settings_of_the_service() throws Exception {
        Path program = copiedProgram();
        Path settings = Files.writeString(folder.resolve("berth.yaml"), "upstreams: {a: {url: 'https://a.example'}}\n");

        Process service = launch(
                folder.resolve("deploy/berth"),
                Map.of("BERTH_CONFIG", settings.toString(), "BERTH_UPSTREAMS_A_URL", "https://b.example"),
                "serve", "--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0", "--management", "off");

        assertThat(firstLine(service)).startsWith("berth is ready");
        assertThat(program).isDirectoryContaining("glob:**/classes-*.jsa");
    }

    /** A house without sources: what the launcher needs to run, and nothing it made. */
    private Path copiedProgram() throws IOException {
        Path built = LAUNCHER.resolve("../../verticles/app/target/berth").normalize();
        Path program = Files.createDirectories(folder.resolve("verticles/app/target/berth"));
        Files.createSymbolicLink(program.resolve("lib"), built.resolve("lib"));
        Files.createSymbolicLink(program.resolve("native"), built.resolve("native"));
        Files.createFile(program.resolve("built"));
        Files.createDirectory(folder.resolve("deploy"));
        Files.copy(LAUNCHER, folder.resolve("deploy/berth"), StandardCopyOption.COPY_ATTRIBUTES);
        return program;
    }

    /** What a command of the shell shows on a terminal of its own. */
    private String onTerminal(String command) throws Exception {
        Process script = start(new ProcessBuilder("script", "-qec", command, "/dev/null"));
        String shown = text(script.getInputStream().readAllBytes());
        assertThat(exit(script)).as(shown).isZero();
        return shown;
    }

    private Process serve(Path data) throws IOException {
        return launch("serve", "--data", data.toString(), "--listen", "127.0.0.1:0", "--management", "off");
    }

    private Process launch(String... words) throws IOException {
        return launch(LAUNCHER, Map.of(), words);
    }

    private Process launch(Path launcher, Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return start(builder);
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
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
