package dev.berth.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole services on loopback: images go from one to the other in every mode that needs no client in between. */
class CopyBetweenServersTest {
    @TempDir
    Path folder;

    private final byte[] bytes = ImageFixtures.unified(Packing.GZIP);
    private final String fingerprint = ImageFixtures.fingerprint(bytes);
    private RunningBerth source;
    private RunningBerth target;
    private Service asked;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> neighbours = Map.of("fetch.allow-private-addresses", "127.0.0.1");
        source = RunningBerth.in(folder.resolve("source"), neighbours);
        target = RunningBerth.in(folder.resolve("target"), neighbours);
        asked = Service.at(target.unixSocket());
        Path file = Files.write(folder.resolve("alpine.tar.gz"), bytes);
        source.cli("import", file.toString(), "--alias", "alpine", "--public", "--property", "note=edited");
    }

    @AfterEach
    void stop() throws IOException {
        asked.close();
        target.close();
        source.close();
    }

    @Test
    @DisplayName("rest-api 128, 139, 142, 143")
    void an_alias_is_pulled_and_followed() throws Exception {
        String pulled = pull("alpine", "--alias", "mine", "--auto-update").strip();

        assertThat(pulled).isEqualTo(fingerprint);
        JsonNode image = asked.get("/1.0/images/" + fingerprint);
        assertThat(image.at("/update_source/alias").asText()).isEqualTo("alpine");
        assertThat(image.at("/update_source/server").asText()).isEqualTo(source.https().toString());
        assertThat(image.at("/properties/note").asText()).isEqualTo("edited");
        assertThat(image.at("/auto_update").asBoolean()).isTrue();
        assertThat(image.at("/cached").asBoolean()).isFalse();
        assertThat(image.at("/public").asBoolean()).isFalse();
        Path out = Files.createDirectory(folder.resolve("out"));
        assertThat(Path.of(target.cli("export", "mine", out.toString()).strip())).hasBinaryContent(bytes);
    }

    @Test
    @DisplayName("rest-api 127, 136: by fingerprint, twice")
    void a_fingerprint_is_pulled_once_and_not_followed() throws Exception {
        pull(fingerprint);
        pull(fingerprint, "--public");

        JsonNode image = asked.get("/1.0/images/" + fingerprint);
        assertThat(image.has("update_source")).isFalse();
        assertThat(image.at("/public").asBoolean()).as("the second copy's wish").isTrue();
    }

    @Test
    @DisplayName("issue: a private image by client certificate, without any secret; it can even be followed")
    void a_server_that_trusts_our_certificate_gives_its_private_images() throws Exception {
        source.cli("alias", "set", "hidden", fingerprint);
        try (Service owner = Service.at(source.unixSocket())) {
            owner.send(HttpMethod.PATCH, "/1.0/images/" + fingerprint, Map.of("public", false));
        }
        assertThatThrownBy(() -> pull("hidden")).hasMessageContaining("Failed getting remote image info");

        source.cli("trust", "add", certificateOf(target).toString(), "--restricted", "--project", "default");

        assertThat(pull("hidden", "--auto-update").strip()).isEqualTo(fingerprint);
        assertThat(asked.get("/1.0/images/" + fingerprint).at("/update_source/alias").asText()).isEqualTo("hidden");
    }

    @Test
    @DisplayName("rest-api 132: another certificate than the pinned one")
    void a_server_that_cannot_prove_who_it_is_gets_no_chance() {
        assertThatThrownBy(() -> target.cli("pull", source.https().toString(), "alpine"))
                .hasMessageContaining("Unable to connect to")
                .hasMessageContaining("Cannot connect to");
        assertThat(target.cli("list").lines()).hasSize(1);
    }

    @Test
    @DisplayName("rest-api 148-151, 154: push")
    void an_image_is_pushed_with_a_token_of_the_target() throws Exception {
        JsonNode token = asked.send(HttpMethod.POST, "/1.0/images", Map.of(
                "properties", Map.of("note", "pushed"),
                "aliases", List.of(Map.of("name", "arrived")),
                "source", Map.of("type", "image", "mode", "push", "fingerprint", fingerprint)));
        try (Service sender = Service.at(source.unixSocket())) {
            sender.finished(sender.send(HttpMethod.POST, "/1.0/images/" + fingerprint + "/export", Map.of(
                    "target", target.https().toString(),
                    "certificate", Files.readString(certificateOf(target)),
                    "secret", token.at("/metadata/metadata/secret").asText())));
        }

        JsonNode image = asked.get("/1.0/images/" + fingerprint);
        assertThat(image.at("/properties/note").asText()).isEqualTo("pushed");
        assertThat(image.at("/aliases/0/name").asText()).isEqualTo("arrived");
    }

    @Test
    @DisplayName("rest-api 146, 6.4: the source is this server itself, known by its certificate")
    void an_image_is_copied_between_projects_of_one_server() throws Exception {
        pull("alpine", "--alias", "mine");
        asked.send(HttpMethod.POST, "/1.0/projects", Map.of("name", "p1", "config", Map.of("features.images", "true")));

        JsonNode done = asked.finished(asked.send(HttpMethod.POST, "/1.0/images?project=p1", Map.of("source", Map.of(
                "type", "image", "mode", "pull", "fingerprint", "mine", "server", "https://balancer.example:8443",
                "certificate", Files.readString(certificateOf(target))))));

        assertThat(done.path("fingerprint").asText()).isEqualTo(fingerprint);
        assertThat(asked.get("/1.0/images/" + fingerprint + "?project=p1").path("project").asText()).isEqualTo("p1");
    }

    @Test
    @DisplayName("issue: what a launch does; the source may be gone the second time")
    void a_name_is_resolved_from_the_cache_when_its_source_is_gone() throws Exception {
        Map<String, Object> question = Map.of(
                "alias", "alpine",
                "source", Map.of(
                        "server", source.https().toString(), "certificate", Files.readString(certificateOf(source))));

        JsonNode first = asked.send(HttpMethod.POST, "/berth/v1/resolve", question).path("metadata");
        JsonNode second = asked.send(HttpMethod.POST, "/berth/v1/resolve", question).path("metadata");
        source.close();
        JsonNode third = asked.send(HttpMethod.POST, "/berth/v1/resolve", question).path("metadata");

        assertThat(first.path("how").asText()).isEqualTo("fetched");
        assertThat(first.path("cached").asBoolean()).isTrue();
        assertThat(second.path("how").asText()).isEqualTo("current");
        assertThat(third.path("how").asText()).isEqualTo("stale");
        assertThat(third.path("fingerprint").asText()).isEqualTo(fingerprint);
    }

    private String pull(String name, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "pull", source.https().toString(), name, "--certificate", certificateOf(source).toString()));
        words.addAll(List.of(more));
        return target.cli(words.toArray(String[]::new));
    }

    private static Path certificateOf(RunningBerth berth) {
        return berth.data().resolve("keys/server.crt");
    }
}
