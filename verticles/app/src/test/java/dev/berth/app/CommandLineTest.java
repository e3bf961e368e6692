package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {
    @TempDir
    Path folder;

    static Stream<String> verbs() {
        return Main.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void every_verb_explains_itself(String verb) {
        CommandRun run = CommandRun.of(verb, "--help");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: berth " + verb);
    }

    @Test
    void the_verbs_are_those_of_the_manual() {
        assertThat(verbs()).contains("serve", "token", "trust", "import", "pull", "list", "export", "delete", "alias", "verify");
    }

    @Test
    void no_verb_and_an_unknown_verb_are_wrong_usage() {
        CommandRun mistyped = CommandRun.of("sevre");

        assertThat(mistyped.status()).isEqualTo(2);
        assertThat(mistyped.err()).contains("sevre").contains("serve");
        assertThat(CommandRun.of().status()).isEqualTo(2);
    }

    @Test
    void a_verb_without_a_running_service_says_what_to_do() {
        CommandRun run = CommandRun.of("list", "--data", folder.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("no service is running in " + folder).contains("berth serve");
    }

    @Test
    void a_bad_setting_is_wrong_usage() {
        CommandRun run = CommandRun.of("serve", "--data", folder.toString(), "--listen", "nowhere");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--listen: listen: expected HOST:PORT");
    }
}
