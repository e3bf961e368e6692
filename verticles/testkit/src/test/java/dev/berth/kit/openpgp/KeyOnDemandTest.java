package dev.berth.kit.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyOnDemandTest {
    @TempDir
    private Path keys;

    @Test
    void nothing_is_made_before_somebody_asks_and_then_once() {
        KeyOnDemand key = new KeyOnDemand(keys, Clock.systemUTC());
        assertThat(keys.resolve("openpgp.key")).doesNotExist();

        String fingerprint = key.get().fingerprint();

        assertThat(keys.resolve("openpgp.key")).exists();
        assertThat(key.get()).isSameAs(key.get());
        assertThat(new KeyOnDemand(keys, Clock.systemUTC()).get().fingerprint()).isEqualTo(fingerprint);
    }

    @Test
    void a_damaged_key_is_named_until_it_is_mended() throws Exception {
        Path file = Files.writeString(keys.resolve("openpgp.key"), "no key");
        KeyOnDemand key = new KeyOnDemand(keys, Clock.systemUTC());
        assertThatThrownBy(key::get).isInstanceOf(UncheckedIOException.class).hasMessageContaining(file.toString());

        Files.delete(file);

        assertThat(key.get().fingerprint()).hasSize(40);
    }
}
