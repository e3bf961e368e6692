package dev.berth.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.MirrorContract.Delisted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelistedMemoryTest {
    private static final List<Delisted> FILES = List.of(
            new Delisted(Samples.split("debian", "20260820_0742", 'a', '1', '2', "debian/13").offer(), "images/2/rootfs.squashfs",
                    Samples.NOW));

    @TempDir
    private Path folder;

    @Test
    void what_was_written_is_read_and_replaced() throws IOException {
        DelistedMemory memory = new DelistedMemory(folder.resolve("mirror/up.delisted"));
        assertThat(memory.read()).isEmpty();

        memory.write(FILES);
        assertThat(new DelistedMemory(folder.resolve("mirror/up.delisted")).read()).isEqualTo(FILES);

        memory.write(List.of());
        assertThat(memory.read()).isEmpty();
    }

    @Test
    void a_file_that_makes_no_sense_is_as_good_as_none() throws IOException {
        Path file = folder.resolve("up.delisted");
        for (String text : List.of("", "x", "dev.berth.contract.MirrorContract$DelistedFiles\n{", "java.lang.Object\n{}",
                "dev.berth.contract.MirrorContract$BringItem\n{\"upstream\":\"a\",\"path\":\"b\"}")) {
            Files.writeString(file, text);

            assertThat(new DelistedMemory(file).read()).as(text).isEmpty();
        }
    }
}
