package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words where a fingerprint belongs, in each of the places where one does. */
@DisplayName("reliability S03")
@Timeout(60)
class BadFingerprintTest {
    private static final byte[] IMAGE = ImageFixtures.unified(Packing.GZIP);
    private static final String DIGITS = "64 lower-case hexadecimal digits";
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
                "..%2F..%2Fx", "%25", "%2500", "%00", "%2e%2e%2fberth.db",
                REAL.substring(0, 63) + (REAL.endsWith("0") ? "1" : "0"), "0".repeat(63), REAL + "0", "f".repeat(65),
                REAL.toUpperCase(Locale.ROOT), REAL + "%20", "%20" + REAL, REAL + "%0a", "_", "x",
                "g".repeat(64), "%E2%80%AE" + REAL.substring(0, 12), "a".repeat(5000), "'%20or%201=1--");
    }

    @ParameterizedTest
    @MethodSource("inPaths")
    void in_a_path_it_names_no_image_whatever_the_verb(String word) throws Exception {
        for (Reply reply : ofEveryVerb(word)) {
            refused(reply, 404, "Image not found");
        }
    }

    static Stream<Arguments> wrongPaths() {
        return Stream.of(
                arguments("../../x", 404, "Not Found"),
                arguments(REAL + "/..%2f", 404, "Not Found"),
                arguments("%", 400, "expected two hexadecimal digits after each %"),
                arguments("%zz", 400, "expected two hexadecimal digits after each %"));
    }

    @ParameterizedTest
    @MethodSource("wrongPaths")
    void a_path_that_leads_elsewhere_or_is_none_names_no_image_either(String word, int status, String text) throws Exception {
        for (Reply reply : ofEveryVerb(word)) {
            refused(reply, status, text);
        }
    }

    private static List<Reply> ofEveryVerb(String word) throws IOException {
        String path = "/1.0/images/" + word;
        String json = "{\"public\": true, \"properties\": {}}";
        return List.of(
                client.get(path),
                client.get(path + "/export"),
                client.get(path + "?secret=" + word),
                client.sendJson("PUT", path, json),
                client.sendJson("PATCH", path, json),
                client.send("DELETE", path, Map.of(), new byte[0]),
                client.sendJson("POST", path + "/secret", "{}"),
                client.sendJson("POST", path + "/export", "{}"),
                client.sendJson("POST", path + "/refresh", "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "%25", "%", "0123", "g", "\u0000", "'", "../../../etc/passwd"})
    void in_a_body_it_is_no_target_of_an_alias_and_no_upload_token(String word) throws Exception {
        refused(alias(word), 404, "Image not found");
        refused(uploadToken(word), 400, DIGITS);
    }

    @Test
    void an_empty_one_in_a_body_is_missing() throws Exception {
        refused(alias(""), 400, "name and target are required");
        refused(uploadToken(""), 400, DIGITS);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 65})
    void of_the_wrong_length_it_is_no_target_of_an_alias_and_no_promise_of_an_upload(int length) throws Exception {
        String word = "a".repeat(length);
        refused(alias(word), 404, "Image not found");
        refused(client.send("POST", "/1.0/images", Map.of("X-LXD-fingerprint", word), IMAGE), 400, DIGITS);
    }

    private static Reply alias(String target) throws IOException {
        return client.sendJson("POST", "/1.0/images/aliases", "{\"name\": \"a\", \"target\": " + quoted(target) + "}");
    }

    private static Reply uploadToken(String fingerprint) throws IOException {
        return client.sendJson("POST", "/1.0/images",
                "{\"source\": {\"type\": \"image\", \"mode\": \"push\", \"fingerprint\": " + quoted(fingerprint) + "}}");
    }

    private static String quoted(String word) {
        return "\"" + word.replace("\u0000", "\\u0000") + "\"";
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "%25", "x", "%2e%2e/"})
    void in_a_header_it_is_refused_before_the_upload_begins(String word) throws Exception {
        for (String header : new String[] {"X-LXD-fingerprint", "X-Incus-fingerprint"}) {
            refused(client.send("POST", "/1.0/images", Map.of(header, word), ImageFixtures.unified(Packing.XZ)), 400, DIGITS);
        }
    }

    @Test
    void in_upper_case_it_is_refused_in_a_header_too() throws Exception {
        String word = REAL.toUpperCase(Locale.ROOT);
        refused(client.send("POST", "/1.0/images", Map.of("X-LXD-fingerprint", word), IMAGE), 400, DIGITS);
    }

    /** LXD's envelope with a text. */
    private static void refused(Reply reply, int status, String text) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        assertThat(reply.json().path("type").asText()).as("%s", reply).isEqualTo("error");
        assertThat(reply.json().path("error_code").asInt()).isEqualTo(status);
        assertThat(reply.error()).contains(text).doesNotContain(folder.toString());
    }
}
