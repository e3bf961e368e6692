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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code lxc image list}, {@code info} and {@code show} over two containers and a virtual machine, one of them public. */
@ParameterizedClass
@EnumSource(Road.class)
class LxcImageListTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static BerthWithLxc whole;

    private static String alpine;
    private static String debian;
    private static String machine;

    @Parameter
    Road road;

    @BeforeAll
    static void start() throws Exception {
        whole = BerthWithLxc.in(folder);
        alpine = imported("alpine", ImageFixtures.unified(Packing.XZ), "--public", "--alias", "alpine/3.20");
        debian = imported("debian", ImageFixtures.unified(Packing.GZIP, ImageFixtures.METADATA.replace("Alpine", "Debian")));
        machine = imported("machine", ImageFixtures.unifiedMachine(Packing.GZIP));
    }

    @Test
    @DisplayName("rest-api 51, 54, 69")
    void a_list_without_filters_has_all() {
        assertThat(listed()).containsExactlyInAnyOrder(alpine, debian, machine);
        assertThat(lxc().rows("image", "list", at(""), "-c", "lpdatF"))
                .contains(List.of("alpine/3.20", "yes", "Alpine 3.20 amd64 (20260821_0742)", "x86_64", "CONTAINER", alpine));
    }

    @Test
    @DisplayName("rest-api 57, 62")
    void filters_leave_what_they_name() {
        assertThat(listed("type=virtual-machine")).containsExactly(machine);
        assertThat(listed("type=container", "architecture=x86_64")).containsExactlyInAnyOrder(alpine, debian);
        assertThat(listed("public=true")).containsExactly(alpine);
        assertThat(listed("os=Debian")).containsExactly(debian);
        assertThat(listed("os=Gentoo")).isEmpty();
        assertThat(listed(debian.substring(0, 14))).containsExactly(debian);
        assertThat(listed("alpine")).as("a word finds aliases").containsExactly(alpine);
    }

    @Test
    @DisplayName("rest-api 70, 71, 73, 119")
    void info_tells_times_that_are_never_and_what_the_image_said() {
        assertThat(lxc().good("image", "info", at("alpine/3.20")))
                .contains("Fingerprint: " + alpine, "Architecture: x86_64", "Type: container", "Public: yes")
                .contains("Created: 2026/08/21", "Expires: never", "Last used: never", "release: 3.20", "- alpine/3.20")
                .contains("Cached: no", "Auto update: disabled", "- default");
        assertThat(lxc().good("image", "info", at(machine.substring(0, 12)))).contains(machine, "Type: virtual-machine");
        assertThat(lxc().refused("image", "info", at("nothing-like-that"))).contains("not found");
    }

    @Test
    void show_prints_what_can_be_edited() {
        assertThat(lxc().good("image", "show", at(debian)))
                .contains("auto_update: false", "public: false", "os: Debian", "profiles:", "- default");
        assertThat(lxc().good("image", "get-property", at(debian), "serial").strip()).isEqualTo("20260821_0742");
    }

    @Test
    @DisplayName("rest-api 226")
    void a_list_costs_two_requests() {
        String said = lxc().run("--debug", "image", "list", at("")).err();

        assertThat(said.lines().filter(line -> line.contains("Sending request")).map(line -> line.replaceAll(".*url=", "")))
                .hasSize(2)
                .first().asString().endsWith("/1.0\"");
        assertThat(said).contains("/1.0/images?filter=&recursion=1\"");
    }

    @Test
    void everybody_sees_the_same_in_json_and_yaml() {
        assertThat(lxc().good("image", "list", at(""), "--format", "json")).contains("\"fingerprint\":\"" + alpine, machine);
        assertThat(lxc().good("image", "list", at(""), "--format", "yaml")).contains("fingerprint: " + alpine, machine);
    }

    private List<String> listed(String... filters) {
        String[] words = new String[filters.length + 5];
        System.arraycopy(new String[] {"image", "list", at(""), "-c", "F"}, 0, words, 0, 5);
        System.arraycopy(filters, 0, words, 5, filters.length);
        return lxc().rows(words).stream().map(row -> row.get(0)).toList();
    }

    private static String imported(String name, byte[] image, String... more) throws IOException {
        Path file = Files.write(whole.at(name), image);
        String[] words = new String[more.length + 4];
        System.arraycopy(new String[] {"image", "import", file.toString(), "local:"}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        whole.lxc(Road.SOCKET).good(words);
        return ImageFixtures.fingerprint(image);
    }

    private LxcClient lxc() {
        return whole.lxc(road);
    }

    private String at(String name) {
        return lxc().at(name);
    }
}
