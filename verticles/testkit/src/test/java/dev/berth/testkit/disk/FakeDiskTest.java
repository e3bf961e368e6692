package dev.berth.testkit.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.DiskFull;
import dev.berth.kit.disk.OutFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class FakeDiskTest extends DiskContract {
    private static final Path ROOT = Path.of("/");
    private static final Path FILE = Path.of("/file");

    private final FakeDisk fake = new FakeDisk();

    @Override
    protected Disk disk() {
        return new FakeDisk();
    }

    @Test
    void forced_bytes_under_a_forced_name_survive_every_power_cut() throws IOException {
        write(fake, FILE, "bytes").force();
        fake.forceDirectory(ROOT);

        assertThat(outcomes(fake)).containsExactly("bytes");
    }

    @Test
    void unforced_bytes_may_be_there_or_torn_or_zeros_or_gone() throws IOException {
        String two = "a".repeat(512) + "b".repeat(512);
        write(fake, FILE, two);
        fake.forceDirectory(ROOT);

        assertThat(outcomes(fake))
                .containsExactlyInAnyOrder(
                        "",
                        two,
                        "a".repeat(512) + "\0".repeat(512),
                        "\0".repeat(512) + "b".repeat(512),
                        "\0".repeat(1024));
    }

    @Test
    void an_unforced_name_may_be_lost_with_all_its_forced_bytes() throws IOException {
        write(fake, FILE, "bytes").force();

        assertThat(outcomes(fake)).containsExactlyInAnyOrder("bytes", "none");
    }

    @Test
    void a_rename_may_lose_either_half() throws IOException {
        Path to = Path.of("/to");
        write(fake, FILE, "bytes").force();
        fake.forceDirectory(ROOT);
        fake.rename(FILE, to);

        assertThat(outcomes(fake)).containsExactlyInAnyOrder("bytes", "none");
        assertThat(outcomes(fake, to)).containsExactlyInAnyOrder("bytes", "none");
        assertThat(fake.variants()).isEqualTo(4);
    }

    @Test
    void a_deleted_name_may_come_back() throws IOException {
        write(fake, FILE, "bytes").force();
        fake.forceDirectory(ROOT);
        fake.delete(FILE);

        assertThat(outcomes(fake)).containsExactlyInAnyOrder("bytes", "none");
    }

    @Test
    void the_chosen_call_fails_and_no_other() throws IOException {
        IOException broken = new IOException("broken");
        fake.failCall(2, () -> broken);

        fake.createDirectories(Path.of("/a"));
        assertThatThrownBy(() -> fake.createDirectories(Path.of("/b"))).isSameAs(broken);
        fake.createDirectories(Path.of("/c"));
    }

    @Test
    void from_the_chosen_call_on_all_fail_until_healed() throws IOException {
        IOException broken = new IOException("broken");
        fake.failFrom(1, () -> broken);

        assertThatThrownBy(() -> fake.createDirectories(Path.of("/b"))).isSameAs(broken);
        assertThatThrownBy(() -> fake.length(FILE)).isSameAs(broken);
        fake.heal().createDirectories(Path.of("/b"));
    }

    @Test
    void a_full_disk_refuses_and_deleting_makes_room() throws IOException {
        fake.capacity(8);
        assertThatThrownBy(() -> write(fake, FILE, "123456789")).isInstanceOf(DiskFull.class);

        fake.delete(FILE);

        assertThat(fake.usableSpace(ROOT)).isEqualTo(8);
    }

    private static OutFile write(Disk disk, Path file, String text) throws IOException {
        OutFile out = disk.createExclusive(file);
        out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        return out;
    }

    private static Set<String> outcomes(FakeDisk disk) throws IOException {
        return outcomes(disk, FILE);
    }

    private static Set<String> outcomes(FakeDisk disk, Path file) throws IOException {
        Set<String> outcomes = new TreeSet<>();
        for (long variant = 0; variant < disk.variants(); variant++) {
            outcomes.add(textOrNone(disk.crash(variant), file));
        }
        return outcomes;
    }

    private static String textOrNone(FakeDisk disk, Path file) throws IOException {
        if (disk.length(file).isEmpty()) {
            return "none";
        }
        try (InputStream in = disk.read(file)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
