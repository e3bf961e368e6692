package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.serve.lxd.Heard;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ProfileRoutesTest {
    private static final String PATH = "/1.0/profiles";

    private final ServerHalf server = new ServerHalf();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("rest-api 224")
    void the_default_profile_is_listed() {
        assertThat(server.face.admin().get(PATH).metadata().toString()).isEqualTo("[\"/1.0/profiles/default\"]");
        assertThat(server.face.admin().get(PATH + "/default").metadata().fieldNames()).toIterable()
                .contains("name", "description", "config", "devices", "used_by");
    }

    @Test
    void profiles_belong_to_projects() {
        server.trust.project("dev");
        server.trust.profile("dev", "default");

        assertThat(server.face.admin().get(PATH + "?project=dev").metadata().toString())
                .isEqualTo("[\"/1.0/profiles/default?project=dev\"]");
        assertThat(server.face.admin().get(PATH + "?project=nope").error()).isEqualTo("Project not found");
        assertThat(server.face.restrictedTo("dev").get(PATH).status()).isEqualTo(403);
        assertThat(server.face.restrictedTo("dev").get(PATH + "?project=dev").status()).isEqualTo(200);
    }

    @Test
    void a_profile_is_made_changed_renamed_and_removed() {
        Map<String, Object> root = Map.of("root", Map.of("type", "disk", "path", "/"));
        Heard made = server.face.admin().post(PATH, Map.of("name", "big", "devices", root));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(PATH + "/big");

        server.face.admin().patch(PATH + "/big", Map.of("config", Map.of("limits.cpu", "4")));
        assertThat(server.trust.profiles.get("default/big").config()).containsEntry("limits.cpu", "4");
        assertThat(server.trust.profiles.get("default/big").devices()).containsKey("root");

        assertThat(server.face.admin().put(PATH + "/big", Map.of("description", "bare"), "If-Match", "x").status())
                .isEqualTo(412);
        server.face.admin().put(PATH + "/big", Map.of("description", "bare"));
        assertThat(server.trust.profiles.get("default/big").devices()).isEmpty();

        assertThat(server.face.admin().post(PATH + "/big", Map.of("name", "huge")).header("Location"))
                .isEqualTo(PATH + "/huge");
        assertThat(server.trust.profiles).containsKey("default/huge").doesNotContainKey("default/big");
        assertThat(server.face.admin().delete(PATH + "/huge").status()).isEqualTo(200);
    }

    @Test
    void the_default_profile_stays_and_names_are_names() {
        assertThat(server.face.admin().delete(PATH + "/default").status()).isEqualTo(403);
        assertThat(server.face.admin().post(PATH, Map.of("name", "a/b")).status()).isEqualTo(400);
        assertThat(server.face.admin().post(PATH, Map.of()).error()).isEqualTo("No name provided");
    }
}
