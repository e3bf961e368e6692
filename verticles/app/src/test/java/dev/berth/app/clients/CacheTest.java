package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.RunningBerth;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole service caches an image of another, tells what will become of it, and forgets it when space is short. */
class CacheTest {
    private static final Map<String, String> USUAL = Map.of("fetch.allow-private-addresses", "127.0.0.1");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("rest-api 182, 186: what was fetched for a use may go, what somebody imported never")
    void a_cached_image_is_foreseen_to_go_and_goes_when_space_is_short() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        String cached;
        String imported;
        try (RunningBerth source = RunningBerth.in(Files.createDirectory(folder.resolve("source")))) {
            source.cli("import", image(Packing.XZ), "--public", "--alias", "debian");
            try (RunningBerth berth = RunningBerth.in(cache, USUAL)) {
                imported = berth.cli("import", image(Packing.GZIP), "--public").strip();
                cached = resolved(berth, source);
                JsonNode verdicts = Curl.owner(berth).get("/berth/v1/expiry?dry-run").metadata();
                assertThat(verdicts).singleElement().satisfies(verdict -> foreseesTenDays(verdict, cached));
                assertThat(Curl.owner(berth).get("/berth/v1/refresh").metadata()).singleElement()
                        .satisfies(check -> assertThat(check.path("next").asText()).isNotEmpty());
            }
        }
        try (RunningBerth berth = RunningBerth.in(cache, tight())) {
            Eventually.holds("the cached image goes", () -> !berth.cli("list", "--json").contains(cached));

            assertThat(berth.cli("list", "--json")).contains(imported);
            Eventually.holds("its bytes go", () -> blobs(cache) == 1);
        }
    }

    private static void foreseesTenDays(JsonNode verdict, String fingerprint) {
        assertThat(verdict.path("fingerprint").asText()).isEqualTo(fingerprint);
        assertThat(verdict.path("rule").asText()).isEqualTo("unused for 10 days (images.remote_cache_expiry)");
        assertThat(Instant.parse(verdict.path("due").asText()))
                .isBetween(Instant.now().plus(9, ChronoUnit.DAYS), Instant.now().plus(10, ChronoUnit.DAYS));
    }

    private static String resolved(RunningBerth berth, RunningBerth source) throws IOException {
        String certificate = Files.readString(source.data().resolve("keys/server.crt"));
        Map<String, ?> request = Map.of(
                "source", Map.of("server", source.https().toString(), "certificate", certificate), "alias", "debian");
        String body = new String(LxdJson.bytes(request), StandardCharsets.UTF_8);
        return Curl.owner(berth).send("POST", "/berth/v1/resolve", "-d", body).metadata().path("fingerprint").asText();
    }

    private static Map<String, String> tight() {
        Map<String, String> settings = new HashMap<>(USUAL);
        settings.put("expire.cache-limit-bytes", "1");
        settings.put("expire.look-every", "200ms");
        settings.put("expire.calm", "1ms");
        settings.put("store.delete-grace", "100ms");
        return settings;
    }

    private String image(Packing packing) throws IOException {
        return Files.write(folder.resolve("image" + packing), ImageFixtures.unified(packing)).toString();
    }

    private static long blobs(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
