package dev.berth.kit.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, shown with keys of our own; {@link KeyringWithGpgTest} has those of GnuPG. */
class KeyringTest {
    private static final String TEXT = "{\"index\": 1}\n- dashed\n";

    @TempDir Path folder;
    private final FakeClock clock = new FakeClock();
    private final SigningKey key = SigningKey.make("Us", clock);
    private Keyring ring;

    @BeforeEach
    void read() throws IOException {
        ring = ring(key.publicKey());
    }

    @Test
    void what_was_signed_comes_out_and_nothing_else() throws SignatureRefused {
        clock.advance(Duration.ofHours(1));
        Verified verified = ring.verifyClearSigned(key.clearSign(bytes(TEXT)));

        assertThat(new String(verified.text(), StandardCharsets.UTF_8)).isEqualTo(TEXT.stripTrailing());
        assertThat(verified.signedAt()).isEqualTo(clock.instant());
        assertThat(key.fingerprint()).endsWith(verified.keyId());
        assertThat(ring.verifyDetached(bytes(TEXT), key.detach(bytes(TEXT))).text()).isEqualTo(bytes(TEXT));
    }

    @Test
    void every_single_changed_byte_of_the_text_is_noticed() {
        byte[] signed = key.clearSign(bytes(TEXT));
        int from = text(signed).indexOf("{");
        for (int at = from; at < text(signed).indexOf("-----BEGIN PGP SIGNATURE"); at++) {
            byte[] changed = signed.clone();
            changed[at] = (byte) (changed[at] == 'x' ? 'y' : 'x');

            assertThatThrownBy(() -> ring.verifyClearSigned(changed)).isInstanceOf(SignatureRefused.class);
        }
    }

    @Test
    void a_signature_cut_anywhere_is_refused() {
        byte[] signed = key.clearSign(bytes(TEXT));
        for (int length = 0; length < signed.length - "-----END PGP SIGNATURE-----\n".length(); length += 7) {
            byte[] cut = Arrays.copyOf(signed, length);

            assertThatThrownBy(() -> ring.verifyClearSigned(cut)).isInstanceOf(SignatureRefused.class);
        }
    }

    @Test
    void text_around_the_frame_is_refused() {
        String signed = text(key.clearSign(bytes(TEXT)));

        refused(signed + "{\"index\": 2}", "expected nothing after the signature, got 12 bytes");
        refused("{\"index\": 2}\n" + signed, "expected a signed text, which begins with");
        refused("\n" + signed, "expected a signed text");
        refused(signed + signed, "expected nothing after the signature");
        refused(signed.replace("Hash: SHA512\n", "Hash: SHA512\nComment: {\"index\": 2}\n"), "nothing but Hash: lines");
        refused(signed.replace("\n- - dashed", "\n-dashed"), "dash not escaped");
        refused(TEXT, "expected a signed text, which begins with");
        refused("", "expected a signed text, which begins with");
        refused(signed.substring(0, signed.indexOf("-----BEGIN PGP SIGNATURE")), "got one without");
    }

    @Test
    void a_key_outside_of_the_ring_is_refused_and_both_are_named() {
        SigningKey stranger = SigningKey.make("Us", clock);

        assertThatThrownBy(() -> ring.verifyClearSigned(stranger.clearSign(bytes(TEXT))))
                .isInstanceOf(SignatureRefused.class)
                .hasMessageContaining("expected a signature by key " + key.fingerprint().substring(24) + " of ")
                .hasMessageContaining("got one by key " + stranger.fingerprint().substring(24));
    }

    @Test
    void one_form_of_signature_does_not_pass_for_the_other() {
        String frame = text(key.clearSign(bytes("a")));
        String bySignatureOfBytes = frame.substring(0, frame.indexOf("-----BEGIN PGP SIGNATURE")) + text(key.detach(bytes("a")));

        refused(bySignatureOfBytes, "expected a signature of kind 1, got kind 0");
    }

    @Test
    void a_date_far_ahead_is_refused_because_nothing_later_would_ever_count() {
        byte[] now = key.detach(bytes(TEXT));
        clock.advance(Duration.ofDays(2));
        byte[] later = key.detach(bytes(TEXT));
        clock.advance(Duration.ofDays(-2));

        assertThatThrownBy(() -> ring.verifyDetached(bytes(TEXT), later))
                .isInstanceOf(SignatureRefused.class)
                .hasMessageContaining("expected a signature made before now");
        assertThatCode(() -> ring.verifyDetached(bytes(TEXT), now)).doesNotThrowAnyException();
    }

    @Test
    void a_text_of_millions_of_lines_costs_no_more_than_its_bytes() throws SignatureRefused {
        byte[] lines = new byte[16 << 20];
        Arrays.fill(lines, (byte) '\n');

        assertThat(ring.verifyClearSigned(key.clearSign(lines)).text()).hasSize(lines.length - 1);
    }

    @Test
    void rubbish_in_place_of_a_signature_is_refused() {
        for (String rubbish : new String[] {"", "x", "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n", key.publicKey()}) {
            assertThatThrownBy(() -> ring.verifyDetached(bytes(TEXT), bytes(rubbish))).isInstanceOf(SignatureRefused.class);
        }
    }

    @Test
    @DisplayName("formats 112: an empty keyring fails")
    void an_empty_keyring_and_what_is_none_are_refused_by_name() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path other = Files.writeString(folder.resolve("other"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> Keyring.read(empty, clock)).isInstanceOf(IOException.class).hasMessage(
                empty + ": expected a keyring with at least one key that may sign, got an empty one");
        assertThatThrownBy(() -> Keyring.read(other, clock)).isInstanceOf(IOException.class).hasMessageContaining(other.toString());
    }

    @Test
    void several_armored_keys_in_one_file_are_all_believed() throws Exception {
        SigningKey other = SigningKey.make("Them", clock);
        Keyring both = ring(key.publicKey() + other.publicKey());

        assertThat(both.verifyDetached(bytes("a"), key.detach(bytes("a"))).keyId()).isNotEmpty();
        assertThat(both.verifyDetached(bytes("a"), other.detach(bytes("a"))).keyId()).isNotEmpty();
        assertThat(both.digest()).isNotEqualTo(ring.digest());
    }

    private Keyring ring(String keys) throws IOException {
        return Keyring.read(Files.writeString(Files.createTempFile(folder, "ring", ""), keys), clock);
    }

    private void refused(String document, String why) {
        assertThatThrownBy(() -> ring.verifyClearSigned(bytes(document)))
                .isInstanceOf(SignatureRefused.class)
                .hasMessageContaining(why);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
