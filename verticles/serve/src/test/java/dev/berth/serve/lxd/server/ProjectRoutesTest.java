package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.serve.lxd.Heard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ProjectRoutesTest {
    private static final String PATH = "/1.0/projects";

    private final ServerHalf server = new ServerHalf();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("rest-api 223")
    void the_default_project_is_listed() {
        assertThat(server.face.admin().get(PATH).metadata().toString()).isEqualTo("[\"/1.0/projects/default\"]");

        JsonNode whole = server.face.admin().get(PATH + "?recursion=1").metadata();
        assertThat(whole.at("/0/name").asText()).isEqualTo("default");
        assertThat(whole.at("/0/config/features.images").asText()).isEqualTo("true");
        assertThat(whole.at("/0/used_by").isArray()).isTrue();
    }

    @Test
    @DisplayName("rest-api 37")
    void a_restricted_client_sees_only_its_projects() {
        server.trust.project("dev");

        assertThat(server.face.restrictedTo("dev").get(PATH).metadata().toString())
                .isEqualTo("[\"/1.0/projects/dev\"]");
        assertThat(server.face.restrictedTo("dev").get(PATH + "/dev").status()).isEqualTo(200);
        Heard hidden = server.face.restrictedTo("dev").get(PATH + "/default");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.error()).isEqualTo(server.face.admin().get(PATH + "/nope").error());
        assertThat(server.face.restrictedTo("dev").post(PATH, Map.of("name", "x")).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("rest-api 7 (section)")
    void a_project_is_made_read_changed_and_removed() {
        Heard made = server.face.admin().post(PATH, Map.of("name", "dev", "description", "ours"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(PATH + "/dev");
        assertThat(server.face.admin().post(PATH, Map.of("name", "dev")).status()).isEqualTo(409);

        Heard read = server.face.admin().get(PATH + "/dev");
        Map<String, Object> edit = Map.of("description", "yours", "config", Map.of("user.a", "b"));
        assertThat(server.face.admin().patch(PATH + "/dev", edit, "If-Match", "\"stale\"").status()).isEqualTo(412);
        assertThat(server.face.admin().patch(PATH + "/dev", edit, "If-Match", read.header("ETag")).status()).isEqualTo(200);
        assertThat(server.trust.projects.get("dev").description()).isEqualTo("yours");
        assertThat(server.trust.lastPut.seen().description()).isEqualTo("ours");
        assertThat(server.trust.projects.get("dev").config()).containsEntry("user.a", "b");

        assertThat(server.face.admin().delete(PATH + "/dev").status()).isEqualTo(200);
        assertThat(server.face.admin().get(PATH + "/dev").status()).isEqualTo(404);
    }

    @Test
    void a_project_with_images_is_neither_removed_nor_renamed_nor_turned_over() {
        server.trust.project("dev");
        server.settings.images.put("dev", 1);

        Heard removed = server.face.admin().delete(PATH + "/dev");
        Heard renamed = server.face.admin().post(PATH + "/dev", Map.of("name", "prod"));
        Heard turned = server.face.admin().patch(PATH + "/dev", Map.of("config", Map.of("features.images", "false")));

        assertThat(removed.status()).isEqualTo(400);
        assertThat(removed.error()).isEqualTo("Only empty projects can be removed");
        assertThat(renamed.error()).isEqualTo("Only empty projects can be renamed");
        assertThat(turned.error()).isEqualTo("Features can only be changed on empty projects");
        assertThat(server.trust.projects).containsKey("dev");
    }

    @Test
    void an_image_that_landed_while_its_project_went_goes_with_it() {
        server.trust.project("dev");
        server.trust.project("old");
        server.settings.landed.addAll(List.of("dev", "old", "default"));

        server.face.admin().delete(PATH + "/dev");
        Heard renaming = server.face.admin().post(PATH + "/old", Map.of("name", "new"));
        server.face.admin().get(renaming.json().get("operation").asText() + "/wait?timeout=10");

        assertThat(server.settings.landed).containsExactly("default");
    }

    @Test
    void the_default_project_stays() {
        assertThat(server.face.admin().delete(PATH + "/default").status()).isEqualTo(403);
        assertThat(server.face.admin().post(PATH + "/default", Map.of("name", "x")).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("clients wait for the operation of a rename")
    void a_rename_is_an_operation() {
        server.trust.project("dev");

        Heard heard = server.face.admin().post(PATH + "/dev", Map.of("name", "prod"));

        assertThat(heard.status()).isEqualTo(202);
        String wait = heard.json().get("operation").asText() + "/wait?timeout=10";
        assertThat(server.face.admin().get(wait).metadata().get("status").asText()).isEqualTo("Success");
        assertThat(server.trust.projects).containsKey("prod").doesNotContainKey("dev");
    }
}
