package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.app.clients.Curl.Answer;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stranger reaches of the whole service: the matrix of rest-api 2.5, asked by curl. */
class UntrustedTest {
    private static final String UNKNOWN = "0123456789abcdef".repeat(4);

    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth berth;

    private static Curl stranger;
    private static Curl owner;
    private static String open;
    private static String hidden;

    @BeforeAll
    static void start() throws Exception {
        berth = RunningBerth.in(folder.resolve("data"));
        stranger = Curl.stranger(berth);
        owner = Curl.owner(berth);
        open = imported("open", "--public", "--alias", "open");
        hidden = imported("hidden", "--alias", "hidden");
        assertThat(owner.send("POST", "/1.0/projects", "-d", "{\"name\":\"other\"}").status()).isEqualTo(201);
    }

    @Test
    @DisplayName("rest-api 1, 2")
    void a_stranger_learns_who_this_is_and_nothing_of_the_machine() {
        assertThat(stranger.get("/").body()).contains("\"metadata\":[\"/1.0\"]");
        Answer server = stranger.get("/1.0");
        assertThat(server.metadata().path("auth").asText()).isEqualTo("untrusted");
        assertThat(server.metadata().path("api_extensions")).isNotEmpty();
        assertThat(server.metadata().has("environment")).isFalse();
        assertThat(server.metadata().path("config")).isEmpty();
    }

    @Test
    @DisplayName("rest-api 41, 51, 52")
    void lists_have_public_images_only() {
        assertThat(texts(stranger.get("/1.0/images"))).containsExactly("/1.0/images/" + open);
        for (String recursion : List.of("1", "2", "3")) {
            assertThat(stranger.get("/1.0/images?filter=&recursion=" + recursion).metadata().findValuesAsText("fingerprint"))
                    .containsExactly(open);
        }
        assertThat(texts(stranger.get("/1.0/images?project=default"))).containsExactly("/1.0/images/" + open);
        assertThat(texts(owner.get("/1.0/images"))).hasSize(2);
    }

    @Test
    @DisplayName("rest-api 44, 45, 78")
    void a_hidden_image_looks_exactly_like_one_that_is_not_there() {
        for (String suffix : List.of("", "/export", "?secret=" + UNKNOWN, "/export?secret=" + UNKNOWN, "?project=default")) {
            assertThat(everythingOf("/1.0/images/" + hidden + suffix)).as(suffix)
                    .startsWith("HTTP/1.1 404 ")
                    .isEqualTo(everythingOf("/1.0/images/" + UNKNOWN + suffix));
        }
        assertThat(everythingOf("/1.0/images/" + hidden.substring(0, 12)))
                .as("a prefix tells nothing").isEqualTo(everythingOf("/1.0/images/" + UNKNOWN.substring(0, 12)));
        assertThat(everythingOf("/1.0/images/aliases/hidden")).isEqualTo(everythingOf("/1.0/images/aliases/nothing"));
    }

    @Test
    @DisplayName("rest-api 43, 160, 163, 168")
    void a_public_image_is_given_to_anybody() throws Exception {
        assertThat(stranger.get("/1.0/images/aliases/open").metadata().path("target").asText()).isEqualTo(open);
        assertThat(stranger.get("/1.0/images/" + open + "?secret=wrong").status()).isEqualTo(200);
        Path out = folder.resolve("exported");

        assertThat(stranger.get("/1.0/images/" + open.substring(0, 12) + "/export", "-o", out.toString()).status()).isEqualTo(200);

        assertThat(ImageFixtures.fingerprint(Files.readAllBytes(out))).isEqualTo(open);
        assertThat(stranger.get("/1.0/images/" + open + "/export", "-r", "0-9", "-o", out.toString()).status()).isEqualTo(206);
        assertThat(out).hasSize(10);
    }

    @ParameterizedTest
    @DisplayName("rest-api 42, 46-49, 22: the matrix of 2.5")
    @CsvSource({
        "GET, /1.0/images/aliases, 403",
        "GET, /1.0/images/aliases?recursion=1, 403",
        "GET, /1.0/images?project=other, 404",
        "GET, /1.0/images?project=nowhere, 404",
        "GET, /1.0/images?all-projects=true, 403",
        "GET, /1.0/images/OPEN?project=other, 404",
        "GET, /1.0/images/OPEN/export?project=other&secret=x, 404",
        "GET, /1.0/images/aliases/open?project=other, 404",
        "POST, /1.0/images, 403",
        "PUT, /1.0/images/OPEN, 403",
        "PATCH, /1.0/images/OPEN, 403",
        "DELETE, /1.0/images/OPEN, 403",
        "DELETE, /1.0/images/HIDDEN, 403",
        "POST, /1.0/images/OPEN/secret, 403",
        "POST, /1.0/images/OPEN/refresh, 403",
        "POST, /1.0/images/OPEN/export, 403",
        "POST, /1.0/images/aliases, 403",
        "PUT, /1.0/images/aliases/open, 403",
        "PATCH, /1.0/images/aliases/open, 403",
        "POST, /1.0/images/aliases/open, 403",
        "DELETE, /1.0/images/aliases/open, 403",
        "GET, /1.0/operations, 403",
        "GET, /1.0/operations/01234567-89ab-cdef-0123-456789abcdef, 403",
        "GET, /1.0/operations/01234567-89ab-cdef-0123-456789abcdef/wait, 403",
        "DELETE, /1.0/operations/01234567-89ab-cdef-0123-456789abcdef, 403",
        "GET, /1.0/events, 403",
        "GET, /1.0/certificates, 403",
        "GET, /1.0/projects, 403",
        "GET, /1.0/projects/default, 403",
        "GET, /1.0/profiles, 403",
        "GET, /1.0/profiles/default, 403",
        "GET, /1.0/metrics, 403",
        "GET, /1.0/instances, 403",
        "PUT, /1.0, 403",
        "PATCH, /1.0, 403",
        "POST, /1.0/certificates, 403",
        "GET, /1.0/nope, 404",
        "GET, /1.0/, 404",
        "GET, /1.0/images/, 404",
        "OPTIONS, /1.0/images, 200"
    })
    void every_door_answers_a_stranger_as_lxd_does(String method, String path, int status) {
        String asked = path.replace("OPEN", open).replace("HIDDEN", hidden);
        String[] body = method.startsWith("P") ? new String[] {"-d", "{\"config\":{},\"name\":\"x\"}"} : new String[0];

        Answer answer = stranger.send(method, asked, body);

        assertThat(answer.status()).as(method + " " + asked + ": " + answer.body()).isEqualTo(status);
        if (status >= 400) {
            assertThat(answer.error()).isNotEmpty();
            assertThat(answer.body()).doesNotContain(hidden);
        }
    }

    @Test
    @DisplayName("rest-api 50")
    void a_strangers_upload_is_refused_before_it_has_come_through() throws Exception {
        Path file = Files.write(folder.resolve("large"), new byte[8 << 20]);

        Answer answer = stranger.send("POST", "/1.0/images", "--data-binary", "@" + file);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("not authorized");
    }

    @Test
    @DisplayName("rest-api 157, 158, 161")
    void a_secret_opens_a_hidden_image_again_and_again_for_its_grace_time_only() throws Exception {
        String secret = owner.send("POST", "/1.0/images/" + hidden + "/secret").metadata().path("metadata").path("secret").asText();
        String image = "/1.0/images/" + hidden;

        assertThat(stranger.get(image + "?secret=" + secret).status()).isEqualTo(200);
        assertThat(stranger.get(image + "/export?secret=" + secret, "-o", folder.resolve("once").toString()).status()).isEqualTo(200);
        assertThat(stranger.get("/1.0/images/" + hidden.substring(0, 14) + "?secret=" + secret).status()).isEqualTo(200);
        assertThat(stranger.get("/1.0/images/" + open + "?project=other&secret=" + secret).status()).isEqualTo(404);

        Eventually.holds("the secret is worth nothing any more",
                () -> stranger.get(image + "?secret=" + secret).equals(stranger.get("/1.0/images/" + UNKNOWN)));
        assertThat(stranger.get(image + "/export?secret=" + secret).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("rest-api 148-151, 153")
    void an_upload_token_lets_a_stranger_bring_that_one_image() throws Exception {
        byte[] image = ImageFixtures.unifiedNamed(Packing.XZ, "brought");
        String fingerprint = ImageFixtures.fingerprint(image);
        Path file = Files.write(folder.resolve("brought"), image);
        String secret = owner.send("POST", "/1.0/images", "-H", "Content-Type: application/json", "-d",
                        "{\"public\":true,\"source\":{\"type\":\"image\",\"mode\":\"push\",\"fingerprint\":\"" + fingerprint + "\"}}")
                .metadata().path("metadata").path("secret").asText();
        assertThat(stranger.get("/1.0/images/" + hidden + "?secret=" + secret).status()).as("opens nothing").isEqualTo(404);

        assertThat(upload(file, UNKNOWN, secret).status()).isEqualTo(403);
        assertThat(upload(file, fingerprint, UNKNOWN).status()).isEqualTo(403);
        Answer accepted = upload(file, fingerprint, secret);

        assertThat(accepted.status()).isEqualTo(202);
        String operation = "/1.0/operations/" + accepted.metadata().path("id").asText();
        String waiting = accepted.metadata().path("metadata").path("secret").asText();
        assertThat(stranger.get(operation + "/wait?secret=" + secret).status()).isEqualTo(403);
        assertThat(stranger.get(operation + "/wait?timeout=-1&secret=" + waiting).metadata().path("status").asText())
                .isEqualTo("Success");
        assertThat(stranger.get("/1.0/images/" + fingerprint).metadata().path("public").asBoolean()).isTrue();
        assertThat(owner.send("DELETE", "/1.0/images/" + fingerprint).status()).isEqualTo(202);
    }

    /** Status line, headers and body, but for the time of day. */
    private static String everythingOf(String path) {
        return stranger.get(path, "--http1.1", "--include").body().replaceAll("(?im)^date:.*\r?\n", "");
    }

    private static Answer upload(Path file, String fingerprint, String secret) {
        return stranger.send("POST", "/1.0/images", "--data-binary", "@" + file, "-H", "Content-Type: application/octet-stream",
                "-H", "X-LXD-fingerprint: " + fingerprint, "-H", "X-LXD-secret: " + secret);
    }

    private static String imported(String name, String... options) throws IOException {
        byte[] image = ImageFixtures.unifiedNamed(Packing.XZ, name);
        String[] words = new String[options.length + 2];
        words[0] = "import";
        words[1] = Files.write(folder.resolve(name), image).toString();
        System.arraycopy(options, 0, words, 2, options.length);
        berth.cli(words);
        return ImageFixtures.fingerprint(image);
    }

    private static List<String> texts(Answer list) {
        return StreamSupport.stream(list.metadata().spliterator(), false).map(each -> each.asText()).toList();
    }
}
