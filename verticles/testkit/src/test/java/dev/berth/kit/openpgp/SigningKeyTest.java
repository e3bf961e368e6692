package dev.berth.kit.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.FakeClock;
import dev.berth.testkit.Gpg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    private static final byte[] TEXT = bytes("{\n \"a\": 1,  \n- \t\n-dash\n\n}\n");

    @TempDir Path folder;

    @Test
    @DisplayName("formats 111: GnuPG finds our clear-signed text good, whatever its lines look like")
    void gpg_believes_our_clear_signed_text() throws IOException {
        SigningKey key = SigningKey.loadOrCreate(folder.resolve("keys"), Clock.systemUTC());
        try (Gpg gpg = Gpg.in(folder.resolve("gpg"))) {
            gpg.run("--import", gpg.file(bytes(key.publicKey())));
            String longLine = "x".repeat(TextLines.LONGEST);
            for (String text : List.of("{}", "", "\n", "a\r\nb\r\n", "-----BEGIN PGP SIGNATURE-----", longLine, "ü\n\n\n")) {
                gpg.run("--verify", gpg.file(key.clearSign(bytes(text))));
            }
            gpg.run("--verify", gpg.file(key.clearSign(TEXT)));
        }
    }

    @Test
    void gpg_believes_our_detached_signature_and_refuses_it_for_other_bytes() throws IOException {
        SigningKey key = SigningKey.loadOrCreate(folder.resolve("keys"), Clock.systemUTC());
        try (Gpg gpg = Gpg.in(folder.resolve("gpg"))) {
            gpg.run("--import", gpg.file(bytes(key.publicKey())));
            String signature = gpg.file(key.detach(TEXT));

            gpg.run("--verify", signature, gpg.file(TEXT));
            assertThat(gpg.refuses("--verify", signature, gpg.file(bytes("other")))).contains("BAD signature");
        }
    }

    @Test
    void gpg_refuses_our_text_when_a_byte_was_changed() throws IOException {
        SigningKey key = SigningKey.make("Somebody", Clock.systemUTC());
        try (Gpg gpg = Gpg.in(folder.resolve("gpg"))) {
            gpg.run("--import", gpg.file(bytes(key.publicKey())));
            String signed = new String(key.clearSign(TEXT), StandardCharsets.UTF_8);

            assertThat(gpg.refuses("--verify", gpg.file(bytes(signed.replace("\"a\"", "\"b\""))))).contains("BAD signature");
        }
    }

    @Test
    void the_key_is_private_and_the_same_next_time() throws IOException {
        Path keys = folder.resolve("data").resolve("keys");
        SigningKey made = SigningKey.loadOrCreate(keys, Clock.systemUTC());
        SigningKey read = SigningKey.loadOrCreate(keys, Clock.systemUTC());

        assertThat(read.fingerprint()).isEqualTo(made.fingerprint()).matches("[0-9A-F]{40}");
        assertThat(read.publicKey()).isEqualTo(made.publicKey()).doesNotContain("PRIVATE");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("openpgp.key")))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys))).isEqualTo("rwx------");
        assertThat(keys).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void many_at_once_make_one_key() throws Exception {
        Set<String> fingerprints = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> works = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            works.add(() -> fingerprints.add(SigningKey.loadOrCreate(folder.resolve("keys"), Clock.systemUTC()).fingerprint()));
        }
        for (var done : threads.invokeAll(works)) {
            done.get();
        }
        threads.shutdown();

        assertThat(fingerprints).hasSize(1);
    }

    @Test
    void a_file_that_is_no_key_is_named() throws IOException {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        Files.writeString(keys.resolve("openpgp.key"), "something else");

        assertThatThrownBy(() -> SigningKey.loadOrCreate(keys, Clock.systemUTC()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(keys.resolve("openpgp.key") + " is no OpenPGP secret key");
    }

    @Test
    void a_text_that_gpg_would_cut_is_not_signed() {
        SigningKey key = SigningKey.make("Somebody", Clock.systemUTC());

        assertThatThrownBy(() -> key.clearSign(bytes("x".repeat(TextLines.LONGEST + 1)))).hasMessageContaining("got one of 19991");
        assertThatThrownBy(() -> key.clearSign(bytes("a\rb"))).hasMessageContaining("carriage return");
    }

    @Test
    void a_clock_that_was_set_back_makes_no_signature_older_than_its_key() throws Exception {
        FakeClock late = new FakeClock();
        late.advance(Duration.ofHours(1));
        SigningKey.loadOrCreate(folder.resolve("keys"), late);
        Path ring = Files.writeString(folder.resolve("ring"), SigningKey.loadOrCreate(folder.resolve("keys"), late).publicKey());
        SigningKey early = SigningKey.loadOrCreate(folder.resolve("keys"), new FakeClock());

        assertThat(Keyring.read(ring, late).verifyDetached(TEXT, early.detach(TEXT)).signedAt()).isEqualTo(late.instant());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
