package dev.berth.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.ImageType;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images as people make them: the real tar and the real compressors, metadata behind 0.7 MB of root file system. */
final class RealCompressorsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void an_image_tree() throws IOException {
        byte[] noise = new byte[700_000];
        new Random(9).nextBytes(noise);
        Files.createDirectories(folder.resolve("rootfs/usr/bin"));
        Files.write(folder.resolve("rootfs/usr/bin/program"), noise);
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates/hostname.tpl"), "{{ container.name }}\n");
        Files.writeString(folder.resolve("metadata.yaml"), ImageFixtures.METADATA);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip -9, .gz, GZIP", "gzip -n --rsyncable, .gz, GZIP", "bzip2 -9, .bz2, BZIP2", "xz -9, .xz, XZ",
        "xz -0 -T2 --block-size=200000, .xz, XZ", "xz --check=sha256 --x86 --lzma2=preset=6, .xz, XZ", "xz --format=lzma -9, .lzma, LZMA",
        "zstd -19 -q, .zst, ZSTD", "zstd -3 --long=27 -q, .zst, ZSTD", "zstd -1 -T2 -q, .zst, ZSTD",
        "lz4 -q, .lz4, LZ4", "lz4 -9 -q -BD, .lz4, LZ4"
    })
    @DisplayName("formats facts 3 and 9: what real compressors write is read, metadata last")
    void what_real_compressors_write_is_read(String command, String suffix, Compression compression) throws Exception {
        RealTool.named("tar").run(folder, "--numeric-owner", "--xattrs", "-cf", "image.tar", "rootfs", "templates", "metadata.yaml");
        String[] words = (command + (command.startsWith("lz4") ? " image.tar image.tar.lz4" : " image.tar")).split(" ");
        RealTool.named(words[0]).run(folder, Arrays.copyOfRange(words, 1, words.length));

        try (InputStream image = Files.newInputStream(folder.resolve("image.tar" + suffix))) {
            Inspection found = ImageInspector.inspect(image, InspectLimits.DEFAULTS, Dialect.INCUS);

            assertThat(found.compression()).isEqualTo(compression);
            assertThat(found.rootType()).contains(ImageType.CONTAINER);
            assertThat(found.metadata().properties()).containsEntry("release", "3.20");
        }
    }
}
