package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code lxc image edit}, properties and {@code lxc image alias}: what clients change about one image. */
@ParameterizedClass
@EnumSource(Road.class)
class LxcEditTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static BerthWithLxc whole;

    private static int images;

    @Parameter
    Road road;

    private String image;

    @BeforeAll
    static void start() throws Exception {
        whole = BerthWithLxc.in(folder);
    }

    @BeforeEach
    void import_an_image() throws IOException {
        byte[] bytes = ImageFixtures.unifiedNamed(Packing.GZIP, "image " + images++);
        lxc().good("image", "import", Files.write(whole.at("image"), bytes).toString(), at(""));
        image = ImageFixtures.fingerprint(bytes);
    }

    @Test
    @DisplayName("rest-api 79, 83")
    void a_property_is_set_read_and_unset() {
        lxc().good("image", "set-property", at(image), "colour", "green & <blue>");
        assertThat(property("colour")).isEqualTo("green & <blue>");
        assertThat(property("os")).as("the others stay").isEqualTo("Alpine");

        lxc().good("image", "unset-property", at(image), "colour");
        assertThat(lxc().refused("image", "get-property", at(image), "colour")).contains("Property not found");
        assertThat(lxc().good("image", "show", at(image))).doesNotContain("colour").contains("os: Alpine");
    }

    @Test
    @DisplayName("rest-api 80, 84, 87")
    void an_edit_from_standard_input_replaces_what_can_be_edited() {
        lxc().reading("""
                auto_update: true
                public: true
                expires_at: 3000-01-01T00:00:00-00:00
                profiles: []
                properties:
                  os: Edited
                  empty: ""
                """, "image", "edit", at(image));

        assertThat(lxc().good("image", "show", at(image)))
                .contains("auto_update: true", "public: true", "os: Edited", "profiles: []", "expires_at: 3000-01-01T00:00:00Z")
                .doesNotContain("serial", "empty");
        assertThat(lxc().good("image", "info", at(image))).contains("Expires: 3000/01/01");
    }

    @Test
    @DisplayName("rest-api 85")
    void an_edit_with_an_unknown_profile_changes_nothing() {
        assertThat(lxc().run("query", "-X", "PUT", "-d", "{\"public\":true,\"properties\":{},\"profiles\":[\"nobody\"]}",
                at("/1.0/images/" + image)).refused()).contains("nobody");

        assertThat(lxc().good("image", "show", at(image))).contains("public: false", "os: Alpine");
    }

    @Test
    @DisplayName("rest-api 177")
    void an_image_that_came_from_nowhere_cannot_be_refreshed() {
        assertThat(lxc().refused("image", "refresh", at(image))).contains("Image source not found");
    }

    @Test
    @DisplayName("rest-api 187, 191, 195, 197")
    void an_alias_is_made_renamed_listed_used_and_deleted() {
        String name = "debian/12/" + road;
        lxc().good("image", "alias", "create", at(name), image);
        assertThat(aliases()).contains(List.of(name, image.substring(0, 12)));
        assertThat(lxc().refused("image", "alias", "create", at(name), image)).contains("Alias \"" + name + "\" already exists");

        lxc().good("image", "alias", "rename", at(name), "debian/bookworm/" + road);
        assertThat(lxc().good("image", "info", at("debian/bookworm/" + road))).contains(image);
        assertThat(lxc().refused("image", "info", at(name))).contains("not found");

        lxc().good("image", "alias", "delete", at("debian/bookworm/" + road));
        assertThat(lxc().refused("image", "alias", "delete", at("debian/bookworm/" + road))).contains("alias not found");
        assertThat(aliases()).noneMatch(row -> row.get(0).contains("bookworm/" + road));
    }

    @Test
    @DisplayName("rest-api 189")
    void an_alias_may_look_like_anything() {
        for (String name : List.of("a/b/" + road + "/", "with blank " + road, "%2F" + road, "ünïcode+" + road, "q?a=b&c#" + road)) {
            lxc().good("image", "alias", "create", at(name), image.substring(0, 20));

            assertThat(aliases()).as(name).contains(List.of(name, image.substring(0, 12)));
            assertThat(lxc().good("image", "info", at(name))).as(name).contains(image);
            lxc().good("image", "alias", "delete", at(name));
        }
    }

    @Test
    void an_import_takes_an_alias_over_from_an_older_image() throws IOException {
        String name = "latest-" + road;
        lxc().good("image", "alias", "create", at(name), image);
        byte[] newer = ImageFixtures.unifiedNamed(Packing.GZIP, "newer " + road);

        lxc().good("image", "import", Files.write(whole.at("newer"), newer).toString(), at(""), "--alias", name);

        assertThat(aliases()).contains(List.of(name, ImageFixtures.fingerprint(newer).substring(0, 12)));
    }

    private List<List<String>> aliases() {
        return lxc().rows("image", "alias", "list", at("")).stream().map(row -> row.subList(0, 2)).toList();
    }

    private String property(String key) {
        return lxc().good("image", "get-property", at(image), key).strip();
    }

    private LxcClient lxc() {
        return whole.lxc(road);
    }

    private String at(String name) {
        return lxc().at(name);
    }
}
