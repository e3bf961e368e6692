package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.clients.Eventually;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One whole service follows an alias of another. */
class FollowingTest {
    private static final Map<String, String> LOOKING_AT_ONCE = Map.of(
            "fetch.allow-private-addresses", "127.0.0.1",
            "refresh.start-after", "200ms",
            "refresh.start-quiet", "0s");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("rest-api 180, 181: a start replaces what is stale, its names move, the old one goes")
    void a_newer_image_behind_the_name_takes_the_old_ones_place() throws Exception {
        try (RunningBerth source = RunningBerth.in(Files.createDirectory(folder.resolve("source")))) {
            String first = published(source, ImageFixtures.unified(Packing.XZ));
            try (RunningBerth follower = RunningBerth.in(Files.createDirectory(folder.resolve("follower")), LOOKING_AT_ONCE)) {
                follower.cli("pull", source.https().toString(), "debian", "--auto-update", "--alias", "stable",
                        "--certificate", source.data().resolve("keys/server.crt").toString());
                assertThat(targetOf("stable", follower)).isEqualTo(first);
            }
            String second = published(source, ImageFixtures.unified(Packing.GZIP));

            try (RunningBerth follower = RunningBerth.in(folder.resolve("follower"), LOOKING_AT_ONCE)) {
                Eventually.holds("the name leads to the newer image", () -> targetOf("stable", follower).equals(second));

                assertThat(images(follower)).singleElement().satisfies(image -> {
                    assertThat(image.path("fingerprint").asText()).isEqualTo(second);
                    assertThat(image.path("auto_update").asBoolean()).isTrue();
                    assertThat(image.path("update_source").path("alias").asText()).isEqualTo("debian");
                });
            }
        }
    }

    private String published(RunningBerth source, byte[] image) throws Exception {
        Path file = Files.write(folder.resolve("image.tar"), image);
        String fingerprint = source.cli("import", file.toString(), "--public").strip();
        source.cli("alias", "set", "debian", fingerprint);
        return fingerprint;
    }

    private static String targetOf(String alias, RunningBerth berth) {
        for (JsonNode image : images(berth)) {
            for (JsonNode each : image.path("aliases")) {
                if (each.path("name").asText().equals(alias)) {
                    return image.path("fingerprint").asText();
                }
            }
        }
        return "nothing";
    }

    private static JsonNode images(RunningBerth berth) {
        return LxdJson.read(berth.cli("list", "--json").getBytes(StandardCharsets.UTF_8));
    }
}
