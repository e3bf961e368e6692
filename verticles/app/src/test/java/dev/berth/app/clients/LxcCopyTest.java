package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lxc image copy} from one Berth to another, and within one (rest-api 9.1). */
class LxcCopyTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth source;

    @AutoClose
    private static RunningBerth target;

    private static LxcClient lxc;

    @BeforeAll
    static void start() throws Exception {
        RealTool.named("lxc");
        Map<String, String> neighbours = Map.of("fetch.allow-private-addresses", "127.0.0.1");
        source = RunningBerth.in(folder.resolve("source"), neighbours);
        target = RunningBerth.in(folder.resolve("target"), neighbours);
        lxc = LxcClient.overTls(Files.createDirectory(folder.resolve("lxc")), source).add("t", target);
    }

    @ParameterizedTest
    @DisplayName("rest-api 154, 155: a private image in every mode, with everything it has")
    @ValueSource(strings = {"pull", "push", "relay"})
    void a_private_image_is_copied_in_every_mode(String mode) throws Exception {
        String fingerprint = imported(mode, "--alias", "theirs/" + mode);

        lxc.good("image", "copy", "b:" + fingerprint, "t:", "--mode=" + mode, "--copy-aliases", "--alias", mode, "--public");

        assertThat(lxc.rows("image", "list", "t:" + fingerprint, "-c", "Fp"))
                .containsExactly(List.of(fingerprint, "yes"));
        assertThat(lxc.good("image", "info", "t:" + mode)).contains("- theirs/" + mode, "os: Alpine");
    }

    @ParameterizedTest
    @DisplayName("rest-api 154, 155: a copy into another project")
    @ValueSource(strings = {"pull", "push", "relay"})
    void an_image_is_copied_into_another_project_in_every_mode(String mode) throws Exception {
        String fingerprint = imported("for-" + mode);
        lxc.good("project", "create", "t:" + mode);

        lxc.good("image", "copy", "b:" + fingerprint, "t:", "--mode=" + mode, "--target-project", mode);

        assertThat(lxc.rows("image", "list", "t:" + fingerprint, "-c", "F", "--project", mode))
                .containsExactly(List.of(fingerprint));
        assertThat(lxc.rows("image", "list", "t:" + fingerprint, "-c", "F")).isEmpty();
    }

    @Test
    @DisplayName("rest-api 128, 143, 178: a public image is followed, and refreshed when its name moves")
    void a_followed_name_is_refreshed() throws Exception {
        imported("older", "--alias", "latest", "--public");
        lxc.good("image", "copy", "b:latest", "t:", "--auto-update", "--alias", "followed");
        assertThat(lxc.good("image", "info", "t:followed")).contains("Auto update: enabled", "Alias: latest");
        assertThat(lxc.good("image", "refresh", "t:followed")).contains("already up to date");

        String newer = imported("newer", "--alias", "latest", "--public");
        lxc.good("image", "refresh", "t:followed");

        assertThat(lxc.good("image", "info", "t:followed")).contains("Fingerprint: " + newer);
    }

    @Test
    @DisplayName("rest-api 146, 147: between two projects of one server")
    void an_image_is_copied_into_another_project() throws Exception {
        String fingerprint = imported("projects", "--alias", "here");
        lxc.good("project", "create", "b:mine", "-c", "features.images=true");

        lxc.good("image", "copy", "b:" + fingerprint, "b:", "--target-project", "mine", "--alias", "there");

        assertThat(lxc.rows("image", "list", "b:", "--project", "mine", "-c", "lF"))
                .containsExactly(List.of("there", fingerprint));
    }

    @Test
    @DisplayName("rest-api 136: again is fine")
    void a_copy_of_what_is_there_is_fine() throws Exception {
        String fingerprint = imported("again", "--alias", "again", "--public");

        lxc.good("image", "copy", "b:again", "t:", "--alias", "again");
        lxc.good("image", "copy", "b:again", "t:", "--alias", "again");

        assertThat(lxc.rows("image", "list", "t:again", "-c", "F")).containsExactly(List.of(fingerprint));
    }

    private static String imported(String name, String... more) throws Exception {
        byte[] image = ImageFixtures.unifiedNamed(Packing.GZIP, name);
        Path file = Files.write(folder.resolve(name), image);
        String[] words = Stream.concat(
                        Stream.of("image", "import", file.toString(), "b:"), Stream.of(more))
                .toArray(String[]::new);
        lxc.good(words);
        return ImageFixtures.fingerprint(image);
    }
}
