package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.conf.BadSetting;
import dev.berth.app.conf.BerthConf;
import dev.berth.app.conf.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        assertThat(verbs()).contains("serve", "token", "trust", "import", "pull", "list", "export", "delete", "alias", "key", "verify");
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
    void the_public_key_is_printed_and_stays_the_same() {
        CommandRun first = CommandRun.of("key", "export", "--data", folder.resolve("new").toString());
        CommandRun again = CommandRun.of("key", "export", "--data", folder.resolve("new").toString());

        assertThat(first.status()).isZero();
        assertThat(first.out()).startsWith("-----BEGIN PGP PUBLIC KEY BLOCK-----").endsWith("-----END PGP PUBLIC KEY BLOCK-----\n");
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(CommandRun.of("key", "export", "--help").out()).startsWith("Usage: berth key export");
    }

    @Test
    void a_key_that_cannot_be_read_is_named() throws IOException {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        Files.writeString(keys.resolve("openpgp.key"), "none");

        CommandRun run = CommandRun.of("key", "export", "--data", folder.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains(keys.resolve("openpgp.key") + " is no OpenPGP secret key");
    }

    @Test
    void a_bad_setting_is_wrong_usage() {
        CommandRun run = CommandRun.of("serve", "--data", folder.toString(), "--listen", "nowhere");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--listen: listen: expected HOST:PORT");
    }

    @Test
    void stopping_waits_as_long_as_the_settings_say_however_long_that_is() throws BadSetting {
        Settings settings = new Settings().flag("limits.drain", "test", "10m");

        assertThat(ServeVerb.patience(BerthConf.of(settings, folder))).isGreaterThan(Duration.ofMinutes(10));
    }
}
