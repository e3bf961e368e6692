package dev.berth.kit.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.Gpg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and signatures of the real GnuPG. */
class KeyringWithGpgTest {
    private static final byte[] TEXT = "{\n \"a\": 1,  \n-dash\n}\n".getBytes(StandardCharsets.UTF_8);
    private static final String READ = "{\n \"a\": 1,\n-dash\n}";

    @TempDir Path folder;
    private Gpg gpg;

    @BeforeEach
    void start() {
        gpg = Gpg.in(folder.resolve("gpg"));
    }

    @AfterEach
    void stop() {
        if (gpg != null) {
            gpg.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa2048", "ed25519", "nistp256"})
    void signatures_of_gpg_are_believed(String algorithm) throws Exception {
        gpg.key("them", algorithm, "never");
        Keyring armored = Keyring.read(gpg.exported("them", "--armor"), Clock.systemUTC());
        Keyring binary = Keyring.read(gpg.exported("them"), Clock.systemUTC());

        Verified verified = armored.verifyClearSigned(gpg.clearSigned("them", TEXT));
        assertThat(new String(verified.text(), StandardCharsets.UTF_8)).isEqualTo(READ);
        assertThat(verified.signedAt()).isBetween(Clock.systemUTC().instant().minusSeconds(60), Clock.systemUTC().instant());
        assertThat(binary.verifyDetached(TEXT, gpg.detached("them", TEXT)).text()).isEqualTo(TEXT);
        assertThat(binary.verifyDetached(TEXT, gpg.detached("them", TEXT, "--armor", "--digest-algo", "SHA256")).text()).isEqualTo(TEXT);
        assertThat(binary.digest()).isEqualTo(armored.digest());
    }

    @Test
    void a_subkey_that_signs_is_believed_for_its_owner() throws Exception {
        gpg.run("--passphrase", "", "--quick-gen-key", "them", "ed25519", "cert", "never");
        gpg.run("--passphrase", "", "--quick-add-key", fingerprint(), "rsa2048", "sign", "1y");
        Path ring = gpg.exported("them");

        byte[] signature = gpg.detached("them", TEXT);
        assertThat(Keyring.read(ring, Clock.systemUTC()).verifyDetached(TEXT, signature).keyId()).isNotEqualTo(fingerprint().substring(24));
        assertRefused(Keyring.read(ring, Clock.offset(Clock.systemUTC(), Duration.ofDays(366))), signature, "expired at");
    }

    @Test
    void weak_digests_are_refused() throws IOException {
        gpg.key("them", "rsa2048", "never");
        Keyring ring = Keyring.read(gpg.exported("them"), Clock.systemUTC());

        assertRefused(ring, gpg.detached("them", TEXT, "--digest-algo", "SHA1"), "SHA-512, got digest number 2");
        assertThatThrownBy(() -> ring.verifyClearSigned(gpg.clearSigned("them", TEXT, "--digest-algo", "SHA1")))
                .isInstanceOf(SignatureRefused.class)
                .hasMessageContaining("digest number 2");
    }

    @Test
    void an_expired_key_is_refused() throws IOException {
        gpg.key("them", "ed25519", "1y");
        Path keys = gpg.exported("them");
        byte[] signature = gpg.detached("them", TEXT);

        assertRefused(Keyring.read(keys, Clock.offset(Clock.systemUTC(), Duration.ofDays(366))), signature, "expired at");
    }

    @Test
    void an_expired_signature_is_refused() throws IOException {
        gpg.key("them", "ed25519", "never");
        byte[] signature = gpg.detached("them", TEXT, "--default-sig-expire", "1d");
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

        assertRefused(Keyring.read(gpg.exported("them"), later), signature, "expired after 86400 s");
    }

    @Test
    void a_revoked_key_is_refused() throws IOException {
        gpg.key("them", "ed25519", "never");
        byte[] signature = gpg.detached("them", TEXT);
        gpg.run("--import", gpg.file(revocation().getBytes(StandardCharsets.UTF_8)));

        assertRefused(Keyring.read(gpg.exported("them"), Clock.systemUTC()), signature, "was revoked");
    }

    @Test
    void a_key_that_only_certifies_or_encrypts_makes_no_keyring() {
        gpg.run("--passphrase", "", "--quick-gen-key", "them", "ed25519", "cert", "never");
        Path keys = gpg.exported("them");

        assertThatThrownBy(() -> Keyring.read(keys, Clock.systemUTC())).hasMessageContaining("got 1 without");
    }

    @Test
    void a_subkey_that_a_stranger_hung_onto_the_key_is_not_believed() throws Exception {
        gpg.run("--passphrase", "", "--quick-gen-key", "them", "ed25519", "sign,cert", "never");
        Path foreign = folder.resolve("stranger");
        try (Gpg stranger = Gpg.in(foreign)) {
            stranger.run("--passphrase", "", "--quick-gen-key", "x", "ed25519", "cert", "never");
            stranger.run("--passphrase", "", "--quick-add-key", fingerprint(foreign), "ed25519", "sign", "never");
            byte[] both = concatenated(gpg.exported("them"), Hung.subkeyOf(stranger.exported("x")));
            Keyring ring = Keyring.read(Files.write(folder.resolve("both"), both), Clock.systemUTC());

            assertRefused(ring, stranger.detached("x", TEXT), "expected a signature by key");
        }
    }

    private static void assertRefused(Keyring ring, byte[] signature, String why) {
        assertThatThrownBy(() -> ring.verifyDetached(TEXT, signature))
                .isInstanceOf(SignatureRefused.class)
                .hasMessageContaining(why);
    }

    private static byte[] concatenated(Path file, byte[] more) throws IOException {
        byte[] first = Files.readAllBytes(file);
        byte[] all = new byte[first.length + more.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private String fingerprint() throws IOException {
        return fingerprint(folder.resolve("gpg"));
    }

    /** GnuPG names the revocation that it makes with each key by the key. */
    private static String fingerprint(Path home) throws IOException {
        return revocationFile(home).getFileName().toString().replace(".rev", "");
    }

    /** As it stands there, with the colon that keeps people from using it by mistake. */
    private String revocation() throws IOException {
        return Files.readString(revocationFile(folder.resolve("gpg"))).replace(":-----BEGIN", "-----BEGIN");
    }

    private static Path revocationFile(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("openpgp-revocs.d"))) {
            return files.min(Comparator.naturalOrder()).orElseThrow();
        }
    }
}
