package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.CommandRun;
import dev.berth.app.RunningBerth;
import dev.berth.testkit.FreePort;
import dev.berth.testkit.Packing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An image stream for those who have a token: a real LXD and its {@code lxc} with the token in the URL, and curl. */
@ExtendWith(RealLxd.class)
class PrivateCatalogueTest {
    private static final String INDEX = "/streams/v1/index.json";

    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth berth;

    private static LxcClient lxc;
    private static String plain;
    private static String fingerprint;
    private static String token;
    private static Path trusted;

    @BeforeAll
    static void start(LxdDaemon daemon) throws Exception {
        String address = "127.0.0.1:" + FreePort.next();
        plain = "http://" + address;
        Map<String, String> settings = new HashMap<>(daemon.trustedBerth());
        settings.put("plain", address);
        settings.put("access.private", "/streams, /images, /direct");
        berth = RunningBerth.in(folder.resolve("data"), settings);
        Path whole = BusyboxImage.named("busybox", folder).unified(Packing.GZIP);
        fingerprint = BusyboxImage.fingerprint(whole);
        berth.cli("import", whole.toString(), "--public", "--alias", "bb");
        trusted = daemon.trusted();
        token = made("guest", "/streams", "/images");
        lxc = daemon.client(folder.resolve("lxc")).trusting(daemon.trusted());
    }

    @AfterEach
    void leave_lxd_without_images() {
        lxc.rows("image", "list", "local:", "-c", "F").forEach(row -> lxc.good("image", "delete", row.get(0)));
    }

    @Test
    @DisplayName("formats 105: lxc and LXD with the token in the URL")
    void lxc_reads_and_lxd_copies_with_the_token_in_the_url() {
        String url = berth.https().toString();
        lxc.good("remote", "add", "with", url.replace("https://", "https://guest:" + token + "@"), "--protocol", "simplestreams");
        lxc.good("remote", "add", "without", url, "--protocol", "simplestreams");

        assertThat(lxc.good("image", "info", "with:bb")).contains("Fingerprint: " + fingerprint);
        lxc.good("image", "copy", "with:bb", "local:");

        assertThat(lxc.good("image", "info", "local:" + fingerprint)).contains("Fingerprint: " + fingerprint);
        assertThat(lxc.refused("image", "info", "without:bb")).contains("401");
    }

    @Test
    void curl_reads_with_basic_and_bearer_until_the_token_is_removed() {
        String other = made("other", "/streams/v1");
        assertThat(berth.cli("access", "list")).contains("guest", "/images /streams", "other", "never").doesNotContain(other);

        assertThat(get(INDEX, "-u", "anybody:" + other).status()).isEqualTo(200);
        assertThat(get("//streams//v1/index.json", "-H", "Authorization: Bearer " + other).status()).isEqualTo(200);
        assertThat(get("/direct/bb", "-H", "Authorization: Bearer " + other).status()).isEqualTo(403);
        assertThat(get(INDEX).status()).isEqualTo(401);
        assertThat(get(INDEX).error()).contains("berth access add NAME --path PATH");
        assertThat(get("/1.0/images/aliases/bb").status()).as("not among the private paths").isEqualTo(200);
        assertThat(Curl.owner(berth).get(INDEX).status()).as("full local trust").isEqualTo(200);

        berth.cli("access", "remove", "other");

        assertThat(get(INDEX, "-u", "anybody:" + other).status()).isEqualTo(401);
    }

    @Test
    void in_the_clear_a_token_opens_nothing() {
        Curl curl = Curl.open(plain);

        assertThat(curl.get(INDEX, "-u", "guest:" + token).status()).isEqualTo(308);
        assertThat(curl.get("/direct/bb", "-u", "guest:" + token, "--include").body()).doesNotContain(token);
    }

    @Test
    void an_access_token_that_makes_no_sense_is_not_made() {
        assertThat(refused("access", "add", "x", "--path", "mirror")).contains("paths: expected the beginning of an address");
        assertThat(refused("access", "add", "x", "--path", "/x", "--expires", "soon")).contains("--expires: expected a time like");
        assertThat(refused("access", "add", "guest", "--path", "/x")).contains("there is an access token \"guest\" already");
        assertThat(refused("access", "remove", "nobody")).contains("there is no access token \"nobody\"");
    }

    @Test
    void a_stranger_who_asks_too_often_waits_while_others_do_not() throws Exception {
        try (RunningBerth limited = RunningBerth.in(
                Files.createDirectory(folder.resolve("limited")),
                Map.of("limits.anonymous-requests-per-second", "1", "limits.anonymous-burst", "2"))) {
            Curl stranger = Curl.stranger(limited);
            Eventually.holds("the stranger is told to wait", () -> stranger.get("/1.0").status() == 429);

            assertThat(stranger.get("/1.0", "--include").body()).containsIgnoringCase("retry-after: 1");
            assertThat(Curl.owner(limited).get("/1.0").status()).isEqualTo(200);
        }
    }

    private static String made(String name, String... paths) {
        List<String> words = new ArrayList<>(List.of("access", "add", name));
        List.of(paths).forEach(path -> words.addAll(List.of("--path", path)));
        return berth.cli(words.toArray(String[]::new)).strip();
    }

    private static String refused(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", berth.data().toString()));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.status()).isNotZero();
        return run.err();
    }

    /** A stranger's request over TLS; Berth shows the certificate that the daemon trusts. */
    private static Curl.Answer get(String path, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--cacert", trusted.toString()));
        return Curl.open(berth.https().toString()).get(path, all.toArray(String[]::new));
    }
}
