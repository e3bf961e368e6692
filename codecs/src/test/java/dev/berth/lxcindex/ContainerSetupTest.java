package dev.berth.lxcindex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.XZInputStream;

class ContainerSetupTest {
    private static final Instant MADE = Instant.parse("2026-08-21T07:42:30Z");
    private static final Image IMAGE =
            IndexLinesTest.image("ab".repeat(32), MADE, Map.of("os", "Alpine", "release", "3.20"));

    @Test
    @DisplayName("formats 136: a configuration for system containers and one for those of users")
    void the_archive_has_a_configuration_for_everybody() throws IOException {
        Map<String, String> files = unpacked(ContainerSetup.archive(IMAGE));

        assertThat(files.keySet()).containsExactly(
                "config", "config-user", "create-message", "excludes-user", "expiry", "templates");
        assertThat(files).containsEntry("config", "lxc.include = LXC_TEMPLATE_CONFIG/common.conf\nlxc.arch = linux64\n");
        assertThat(files.get("config-user")).contains("LXC_TEMPLATE_CONFIG/userns.conf");
        assertThat(files.get("create-message")).contains("alpine 3.20 amd64", "abababababab");
    }

    @Test
    @DisplayName("formats 132: a client looks at the index again each time")
    void it_is_over_already() throws IOException {
        assertThat(unpacked(ContainerSetup.archive(IMAGE))).containsEntry("expiry", MADE.getEpochSecond() + "\n");
    }

    @Test
    void the_same_image_gives_the_same_bytes() {
        assertThat(ContainerSetup.archive(IMAGE)).isEqualTo(ContainerSetup.archive(IMAGE));
    }

    private static Map<String, String> unpacked(byte[] archive) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                assertThat(entry.getMode() & 0777).isEqualTo(0644);
                files.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                entry = tar.getNextEntry();
            }
        }
        return files;
    }
}
