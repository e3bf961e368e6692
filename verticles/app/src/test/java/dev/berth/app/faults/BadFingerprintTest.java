package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words where a fingerprint belongs, in each of the places where one does. */
@DisplayName("reliability S03")
@Timeout(60)
class BadFingerprintTest {
    private static final byte[] IMAGE = ImageFixtures.unified(Packing.GZIP);
    private static final String REAL = ImageFixtures.fingerprint(IMAGE);

    @TempDir
    static Path folder;

    private static RunningBerth berth;
    private static RawClient client;
    private static Remains before;

    @BeforeAll
    static void start() throws Exception {
        berth = RunningBerth.in(folder.resolve("data"));
        client = new RawClient(berth.unixSocket());
        assertThat(new Images(client).upload(IMAGE).succeeded()).isTrue();
        before = Remains.of(berth.data(), client);
    }

    @AfterAll
    static void stop() throws Exception {
        berth.close();
    }

    @AfterEach
    void nothing_changed() throws Exception {
        before.areSame();
    }

    /** As they stand in a path. */
    static Stream<String> inPaths() {
        return Stream.of(
                "..%2F..%2Fx", "../../x", "%25", "%2500", "%00", "%2e%2e%2fberth.db", "%", "%zz",
                REAL.substring(0, 63) + (REAL.endsWith("0") ? "1" : "0"), "0".repeat(63), REAL + "0", "f".repeat(65),
                REAL.toUpperCase(Locale.ROOT), REAL + "%20", "%20" + REAL, REAL + "%0a", REAL + "/..%2f", "_", "x",
                "g".repeat(64), "%E2%80%AE" + REAL.substring(0, 12), "a".repeat(5000), "'%20or%201=1--");
    }

    @ParameterizedTest
    @MethodSource("inPaths")
    void in_a_path_it_names_no_image_whatever_the_verb(String word) throws Exception {
        String path = "/1.0/images/" + word;
        String json = "{\"public\": true, \"properties\": {}}";

        refused(client.get(path));
        refused(client.get(path + "/export"));
        refused(client.get(path + "?secret=" + word));
        refused(client.sendJson("PUT", path, json));
        refused(client.sendJson("PATCH", path, json));
        refused(client.send("DELETE", path, Map.of(), new byte[0]));
        refused(client.sendJson("POST", path + "/secret", "{}"));
        refused(client.sendJson("POST", path + "/export", "{}"));
        refused(client.sendJson("POST", path + "/refresh", "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "%25", "%", "", "0123", "g", "\u0000", "'", "../../../etc/passwd"})
    void in_a_body_it_is_no_target_of_an_alias_and_no_upload_token(String word) throws Exception {
        String text = word.replace("\u0000", "\\u0000");
        refused(client.sendJson("POST", "/1.0/images/aliases", "{\"name\": \"a\", \"target\": \"" + text + "\"}"));
        refused(client.sendJson("POST", "/1.0/images",
                "{\"source\": {\"type\": \"image\", \"mode\": \"push\", \"fingerprint\": \"" + text + "\"}}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 65})
    void of_the_wrong_length_it_is_no_target_of_an_alias_and_no_promise_of_an_upload(int length) throws Exception {
        String word = "a".repeat(length);
        refused(client.sendJson("POST", "/1.0/images/aliases", "{\"name\": \"a\", \"target\": \"" + word + "\"}"));
        refused(client.send("POST", "/1.0/images", Map.of("X-LXD-fingerprint", word), ImageFixtures.unified(Packing.XZ)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "%25", "x", "%2e%2e/"})
    void in_a_header_it_is_refused_before_the_upload_begins(String word) throws Exception {
        for (String header : new String[] {"X-LXD-fingerprint", "X-Incus-fingerprint"}) {
            Reply reply = client.send("POST", "/1.0/images", Map.of(header, word), ImageFixtures.unified(Packing.XZ));

            refused(reply);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("64 lower-case hexadecimal digits");
        }
    }

    @Test
    void in_upper_case_it_is_refused_in_a_header_too() throws Exception {
        refused(client.send("POST", "/1.0/images", Map.of("X-LXD-fingerprint", REAL.toUpperCase(Locale.ROOT)), IMAGE));
    }

    /** LXD's envelope with a text; never what was asked for, never a failure of ours. */
    private static void refused(Reply reply) {
        assertThat(reply.status()).as("%s", reply).isBetween(400, 431);
        assertThat(reply.json().path("type").asText()).as("%s", reply).isEqualTo("error");
        assertThat(reply.json().path("error_code").asInt()).isEqualTo(reply.status());
        assertThat(reply.error()).isNotBlank().doesNotContain(folder.toString());
    }
}
