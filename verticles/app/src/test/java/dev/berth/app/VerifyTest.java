package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} on a real data directory: what it finds and how it exits. */
class VerifyTest {
    @TempDir
    Path folder;

    private Path data;
    private Path blob;

    @BeforeEach
    void keep_one_image() throws Exception {
        byte[] image = ImageFixtures.unified(Packing.GZIP);
        Path file = Files.write(folder.resolve("image.tar.gz"), image);
        String fingerprint = ImageFixtures.fingerprint(image);
        data = folder.resolve("data");
        blob = data.resolve("blobs/sha256").resolve(fingerprint.substring(0, 2)).resolve(fingerprint);
        try (RunningBerth berth = RunningBerth.in(data)) {
            berth.cli("import", file.toString());
            assertThat(verify("--read-data").status()).as("while it runs").isZero();
        }
    }

    @Test
    void a_whole_directory_is_sound() {
        CommandRun run = verify("--read-data");

        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).endsWith("sound").first().asString().startsWith("1 blobs sound, 1 of them read again");
    }

    @Test
    void a_changed_byte_is_found_by_reading_only() throws IOException {
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);

        assertThat(verify().status()).isZero();
        CommandRun reading = verify("--read-data=100%");
        assertThat(reading.status()).isEqualTo(1);
        assertThat(reading.out()).contains("damaged: " + blob.getFileName()).contains("expected SHA-256");
    }

    @Test
    void a_short_and_a_missing_blob_are_found_without_reading() throws IOException {
        Files.write(blob, new byte[3]);
        assertThat(verify().status()).isEqualTo(1);

        Files.delete(blob);
        CommandRun run = verify("--json");
        assertThat(run.status()).isEqualTo(1);
        JsonNode json = LxdJson.read(run.out().strip().getBytes(StandardCharsets.UTF_8));
        assertThat(json.path("verdict").asText()).isEqualTo("damaged");
        assertThat(json.path("missing").get(0).asText()).isEqualTo(blob.getFileName().toString());
    }

    @Test
    void a_directory_without_a_catalog_could_not_be_read() {
        CommandRun run = CommandRun.of("verify", "--data", folder.resolve("nothing").toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("cannot read");
    }

    @Test
    void a_share_beyond_all_is_wrong_usage() {
        assertThat(verify("--read-data=101").status()).isEqualTo(2);
        assertThat(verify("--read-data=some").status()).isEqualTo(2);
    }

    private CommandRun verify(String... options) {
        String[] words = new String[options.length + 3];
        words[0] = "verify";
        words[1] = "--data";
        words[2] = data.toString();
        System.arraycopy(options, 0, words, 3, options.length);
        return CommandRun.of(words);
    }
}
