package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code lxc} does with a server besides images: settings, operations, projects, profiles, events. */
@ParameterizedClass
@EnumSource(Road.class)
class LxcServerTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static BerthWithLxc whole;

    @Parameter
    Road road;

    @BeforeAll
    static void start() throws Exception {
        whole = BerthWithLxc.in(folder);
    }

    @Test
    @DisplayName("rest-api 219-221")
    void a_setting_is_set_read_shown_and_unset() {
        lxc().good("config", "set", at(""), "images.remote_cache_expiry", "5");
        lxc().good("config", "set", at(""), "images.auto_update_interval", "1");

        assertThat(lxc().good("config", "get", at(""), "images.remote_cache_expiry").strip()).isEqualTo("5");
        assertThat(lxc().good("config", "show", at("")))
                .contains("images.remote_cache_expiry: \"5\"", "images.auto_update_interval: \"1\"");
        assertThat(lxc().refused("config", "set", at(""), "no.such_key", "x")).contains("cannot set 'no.such_key' to 'x': unknown key");
        assertThat(lxc().refused("config", "set", at(""), "images.remote_cache_expiry", "soon")).contains("images.remote_cache_expiry");

        lxc().good("config", "unset", at(""), "images.remote_cache_expiry");
        assertThat(lxc().good("config", "show", at(""))).doesNotContain("remote_cache_expiry").contains("auto_update_interval");
    }

    @Test
    @DisplayName("rest-api 200, 203")
    void operations_are_listed_and_shown() throws Exception {
        imported("operation-" + road);

        List<List<String>> listed = lxc().rows("operation", "list", at(""));

        assertThat(listed).anySatisfy(row -> assertThat(row).contains("TASK", "Downloading image", "SUCCESS"));
        assertThat(lxc().good("operation", "show", at(listed.get(0).get(0)))).contains("id: " + listed.get(0).get(0), "class: ");
    }

    @Test
    @DisplayName("rest-api 65, 223")
    void a_project_has_images_of_its_own() throws Exception {
        String project = "p-" + road.name().toLowerCase(Locale.ROOT);
        lxc().good("project", "create", at(project));
        assertThat(lxc().good("project", "list", at(""))).contains(project, "default");
        byte[] image = ImageFixtures.unifiedNamed(Packing.GZIP, project);
        Path file = Files.write(whole.at(project), image);

        lxc().good("project", "switch", at(project));
        lxc().good("image", "import", file.toString(), at(""), "--alias", "there");
        assertThat(lxc().rows("image", "list", at(""), "-c", "lF")).containsExactly(List.of("there", ImageFixtures.fingerprint(image)));
        lxc().good("project", "switch", at("default"));

        assertThat(lxc().good("image", "list", at(""), "--format", "json")).doesNotContain(ImageFixtures.fingerprint(image));
        assertThat(lxc().refused("project", "delete", at(project))).contains("Only empty projects can be removed");
        lxc().good("image", "delete", at("there"), "--project", project);
        lxc().good("project", "delete", at(project));
        assertThat(lxc().refused("image", "list", at(""), "--project", project)).contains("Project not found");
    }

    @Test
    @DisplayName("rest-api 84, 224")
    void a_profile_is_made_and_images_name_it() throws Exception {
        String profile = "profile-" + road;
        lxc().good("profile", "create", at(profile));
        assertThat(lxc().good("profile", "list", at(""))).contains(profile, "default");
        String fingerprint = imported(profile);

        lxc().reading("profiles: [default, " + profile + "]\nproperties: {}\n", "image", "edit", at(fingerprint));

        assertThat(lxc().good("image", "show", at(fingerprint))).contains("- default", "- " + profile);
        lxc().good("image", "delete", at(fingerprint));
        lxc().good("profile", "delete", at(profile));
        assertThat(lxc().good("profile", "list", at(""))).doesNotContain(profile);
    }

    @Test
    @DisplayName("rest-api 118, 199, 207, 210")
    void a_monitor_sees_what_happens_to_an_image() throws Exception {
        Path log = whole.at("monitor-" + road);
        Process monitor = lxc().start(log, "monitor", at(""), "--type=lifecycle", "--format=json");
        try {
            Eventually.holds("the monitor hears something", () -> {
                lxc().good("config", "set", at(""), "user.tick", Long.toString(System.nanoTime()));
                return Files.size(log) > 0;
            });
            String fingerprint = imported("seen-" + road);
            lxc().good("image", "set-property", at(fingerprint), "os", "Seen");
            lxc().good("image", "alias", "create", at("seen"), fingerprint);
            lxc().good("image", "export", at(fingerprint), whole.at("seen-out-" + road).toString());
            lxc().good("image", "delete", at(fingerprint));

            Eventually.holds("the deletion is told", () -> Files.readString(log).contains("image-deleted"));
            assertThat(Files.readString(log)).containsSubsequence(
                    "\"image-created\"", "\"image-updated\"", "\"image-alias-created\"", "\"image-retrieved\"", "\"image-deleted\"");
            assertThat(Files.readString(log)).doesNotContain("\"type\":\"operation\"");
        } finally {
            monitor.destroy();
            monitor.waitFor();
        }
    }

    @Test
    @DisplayName("rest-api 202")
    void a_raw_query_can_wait_for_its_operation() throws Exception {
        String fingerprint = imported("query-" + road);

        assertThat(lxc().good("query", "--wait", "-X", "DELETE", at("/1.0/images/" + fingerprint))).doesNotContain("Failure");

        assertThat(lxc().refused("query", at("/1.0/images/" + fingerprint))).contains("Image not found");
        assertThat(lxc().good("query", at("/1.0"))).contains("\"api_version\": \"1.0\"", "\"auth\": \"trusted\"");
        assertThat(lxc().good("info", at(""))).contains("api_version: \"1.0\"", "auth: trusted");
        assertThat(lxc().good("version", at(""))).contains("Client version: ", "Server version: ");
    }

    private String imported(String name) throws IOException {
        byte[] image = ImageFixtures.unifiedNamed(Packing.GZIP, name);
        lxc().good("image", "import", Files.write(whole.at(name), image).toString(), at(""));
        return ImageFixtures.fingerprint(image);
    }

    private LxcClient lxc() {
        return whole.lxc(road);
    }

    private String at(String name) {
        return lxc().at(name);
    }
}
