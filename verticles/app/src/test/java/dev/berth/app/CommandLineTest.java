package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<String> verbs() {
        return Main.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void every_verb_explains_itself(String verb) {
        assertThat(run(verb, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: berth " + verb);
    }

    @Test
    void the_verbs_are_those_of_the_manual() {
        assertThat(verbs()).contains("serve", "token", "trust", "import", "list", "export", "delete", "alias", "verify");
    }

    @Test
    void no_verb_and_an_unknown_verb_are_wrong_usage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: berth").contains("serve");
    }

    @Test
    void a_verb_without_a_running_service_says_what_to_do() {
        assertThat(run("list", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no service is running in " + folder).contains("berth serve");
    }

    @Test
    void a_bad_setting_is_wrong_usage() {
        assertThat(run("serve", "--data", folder.toString(), "--listen", "nowhere")).isEqualTo(2);
        assertThat(err.toString()).contains("--listen: listen: expected HOST:PORT");
    }

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}
