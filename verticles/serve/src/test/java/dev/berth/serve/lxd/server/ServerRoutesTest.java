package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.serve.TestCertificate;
import dev.berth.serve.lxd.Heard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ServerRoutesTest {
    private final ServerHalf server = new ServerHalf();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("rest-api 1, 17")
    void the_root_names_the_one_version_to_anybody() {
        Heard root = server.face.stranger().get("/");

        assertThat(root.status()).isEqualTo(200);
        assertThat(root.json().fieldNames()).toIterable().containsExactlyInAnyOrder(
                "type", "status", "status_code", "operation", "error_code", "error", "metadata");
        assertThat(root.metadata().toString()).isEqualTo("[\"/1.0\"]");
    }

    @Test
    @DisplayName("rest-api 2, 4, 8")
    void a_stranger_reads_all_promises_but_nothing_about_the_machine() {
        Heard heard = server.face.stranger().get("/1.0");

        assertThat(heard.metadata().get("auth").asText()).isEqualTo("untrusted");
        assertThat(heard.metadata().has("environment")).isFalse();
        assertThat(heard.metadata().get("api_extensions")).hasSize(Extension.values().length);
        assertThat(heard.metadata().get("public").asBoolean()).isFalse();
        assertThat(heard.metadata().get("api_status").asText()).isEqualTo("stable");
        assertThat(heard.metadata().get("api_version").asText()).isEqualTo("1.0");
        assertThat(heard.metadata().at("/auth_methods/0").asText()).isEqualTo("tls");
        assertThat(heard.header("ETag")).isEmpty();
    }

    @Test
    void a_stranger_learns_whether_its_certificate_arrived() {
        TestCertificate unknown = TestCertificate.named("unknown");

        assertThat(presented(server.face.stranger(unknown.certificate()).get("/1.0"))).isTrue();
        assertThat(presented(server.face.stranger().get("/1.0"))).isFalse();
    }

    @Test
    @DisplayName("rest-api 3, 5, 6, 8, 9")
    void a_trusted_caller_reads_who_it_is_and_who_we_are() {
        Heard heard = server.face.admin().get("/1.0?project=dev");

        JsonNode environment = heard.metadata().get("environment");
        assertThat(heard.metadata().get("auth").asText()).isEqualTo("trusted");
        assertThat(heard.metadata().get("auth_user_name").asText()).isEqualTo("ad".repeat(32));
        assertThat(heard.metadata().get("auth_user_method").asText()).isEqualTo("tls");
        assertThat(environment.get("certificate").asText()).isEqualTo(server.face.certificate().pem());
        assertThat(environment.get("certificate_fingerprint").asText())
                .isEqualTo(server.face.certificate().fingerprint());
        assertThat(environment.at("/addresses/0").asText()).isEqualTo("127.0.0.1:" + server.face.port());
        assertThat(environment.get("server_name").asText()).isEqualTo("berth-test");
        assertThat(environment.get("server_version").asText()).matches("\\d+(\\.\\d+)+");
        assertThat(environment.get("project").asText()).isEqualTo("dev");
        assertThat(heard.header("ETag")).matches("\"[0-9a-f]+-[0-9a-f]+\"");
    }

    @Test
    @DisplayName("rest-api 7")
    void every_setting_is_a_text_and_the_password_is_not_among_them() {
        server.settings.values.put("images.remote_cache_expiry", "5");
        server.settings.trustPassword("sesame");

        JsonNode config = server.face.admin().get("/1.0").metadata().get("config");

        assertThat(config).allMatch(JsonNode::isTextual);
        assertThat(config.fieldNames()).toIterable().containsExactly("images.remote_cache_expiry");
    }

    @Test
    @DisplayName("rest-api 219")
    void a_patch_changes_one_setting_and_keeps_the_others() {
        server.settings.values.put("images.auto_update_interval", "6");

        Heard heard = server.face.admin().patch("/1.0", config(Map.of("images.remote_cache_expiry", "5")));

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.metadata().toString()).isEqualTo("{}");
        assertThat(server.face.admin().get("/1.0").metadata().get("config").toString())
                .isEqualTo("{\"images.auto_update_interval\":\"6\",\"images.remote_cache_expiry\":\"5\"}");
        assertThat(server.settings.lastChange.requestor().username()).isEqualTo("ad".repeat(32));
    }

    @Test
    @DisplayName("rest-api 220")
    void an_unknown_setting_is_refused_with_its_name_and_value() {
        Heard heard = server.face.admin().patch("/1.0", config(Map.of("images.foo", "1")));

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.error()).isEqualTo("cannot set 'images.foo' to '1': unknown key");
    }

    @Test
    @DisplayName("rest-api 7 (section): texts for wrong types")
    void a_setting_that_is_no_text_is_refused_with_the_type_that_came() {
        Heard number = server.face.admin().patch("/1.0", config(Map.of("k", 5)));
        Heard flag = server.face.admin().patch("/1.0", config(Map.of("k", true)));

        assertThat(number.error()).isEqualTo("cannot set 'k': invalid type float64");
        assertThat(flag.error()).isEqualTo("cannot set 'k': invalid type bool");
    }

    @Test
    @DisplayName("rest-api 221")
    void a_put_replaces_everything_when_nobody_else_wrote_meanwhile() {
        server.settings.values.put("images.auto_update_interval", "6");
        String etag = server.face.admin().get("/1.0").header("ETag");
        Object wanted = config(Map.of("images.remote_cache_expiry", "5"));

        assertThat(server.face.admin().put("/1.0", wanted, "If-Match", etag).status()).isEqualTo(200);
        assertThat(server.settings.values).containsOnlyKeys("images.remote_cache_expiry");
        Heard again = server.face.admin().put("/1.0", wanted, "If-Match", etag);
        assertThat(again.status()).isEqualTo(412);
        assertThat(again.error()).matches("ETag doesn't match: \"[0-9a-f]+\" vs " + etag);
    }

    @Test
    @DisplayName("rest-api 5.4: the tag is of all that is shown, and an edit needs that of the settings")
    void what_is_shown_to_another_caller_is_not_unchanged() {
        String etag = server.face.admin().get("/1.0").header("ETag");

        assertThat(server.face.admin().get("/1.0", "If-None-Match", etag).status()).isEqualTo(304);
        assertThat(server.face.admin().get("/1.0?project=dev", "If-None-Match", etag).status()).isEqualTo(200);
        assertThat(server.face.restrictedTo("dev").get("/1.0", "If-None-Match", etag).status()).isEqualTo(200);
        String elsewhere = server.face.admin().get("/1.0?project=dev").header("ETag");
        assertThat(server.face.admin().put("/1.0", config(Map.of()), "If-Match", elsewhere).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("rest-api 222")
    void an_echoed_password_is_as_if_it_had_not_been_named() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("core.trust_password", true);
        config.put("images.remote_cache_expiry", null);

        assertThat(server.face.admin().put("/1.0", config(config)).status()).isEqualTo(200);
        assertThat(server.settings.lastChange.values()).containsOnlyKeys("images.remote_cache_expiry");
        assertThat(server.settings.lastChange.replace()).isTrue();
    }

    @Test
    @DisplayName("rest-api 38; 2.6")
    void a_restricted_client_is_trusted_but_neither_reads_nor_changes_settings() {
        server.settings.values.put("images.remote_cache_expiry", "5");

        Heard heard = server.face.restrictedTo("dev").get("/1.0");

        assertThat(heard.metadata().get("auth").asText()).isEqualTo("trusted");
        assertThat(heard.metadata().get("config")).isEmpty();
        assertThat(heard.metadata().has("environment")).isTrue();
        assertThat(server.face.restrictedTo("dev").put("/1.0", config(Map.of())).status()).isEqualTo(403);
        assertThat(server.face.stranger().put("/1.0", config(Map.of())).status()).isEqualTo(403);
        assertThat(server.settings.lastChange).isNull();
    }

    @Test
    @DisplayName("rest-api 11, 12, 49")
    void unknown_paths_are_not_found_and_known_ones_know_their_verbs() {
        assertThat(server.face.admin().get("/1.0/nope").status()).isEqualTo(404);
        assertThat(server.face.admin().get("/1.0/").status()).isEqualTo(404);
        assertThat(server.face.admin().get("/1.0/operations/").status()).isEqualTo(404);
        assertThat(server.face.admin().delete("/1.0").status()).isEqualTo(501);
        assertThat(server.face.admin().delete("/1.0/profiles").status()).isEqualTo(501);
        assertThat(server.face.stranger().delete("/1.0/profiles").status()).isEqualTo(403);
    }

    @Test
    @DisplayName("rest-api 49")
    void strangers_see_nothing_of_what_is_for_the_trusted() {
        List<String> closed = List.of(
                "/1.0/operations", "/1.0/operations/x", "/1.0/operations/x/wait", "/1.0/events", "/1.0/certificates",
                "/1.0/projects", "/1.0/projects/default", "/1.0/profiles", "/1.0/profiles/default", "/1.0/metrics",
                "/1.0/instances");

        assertThat(closed).allSatisfy(path -> {
            Heard heard = server.face.stranger().get(path);
            assertThat(heard.status()).as(path).isEqualTo(403);
            assertThat(heard.error()).as(path).isEqualTo("not authorized");
        });
    }

    @Test
    @DisplayName("rest-api 7 (section): instances")
    void the_list_of_instances_is_empty_rather_than_missing() {
        assertThat(server.face.admin().get("/1.0/instances?recursion=2").metadata()).isEmpty();
        assertThat(server.face.admin().get("/1.0/containers?recursion=2").metadata()).isEmpty();
        assertThat(server.face.admin().get("/1.0/instances/c1").status()).isEqualTo(404);
    }

    private static boolean presented(Heard heard) {
        return heard.metadata().get("client_certificate").asBoolean();
    }

    private static Map<String, Object> config(Map<String, ?> values) {
        return Map.of("config", values);
    }
}
