package dev.berth.store;

import static dev.berth.store.RunningStore.done;
import static dev.berth.store.RunningStore.quick;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.StoreContract.Full;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StreamContract.Failed;
import dev.berth.kit.disk.LocalDisk;
import dev.berth.kit.stream.StreamOutlet;
import dev.berth.testkit.RealTool;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system that runs full: a tmpfs of 4 MiB, where the machine lets us mount one. */
final class FullDiskTest {
    @TempDir
    private Path directory;

    private boolean mounted;
    private RunningStore store;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=4m,nr_inodes=300", "tmpfs", directory.toString());
        RealTool.need(mounted, "mounting a tmpfs, to fill it, needs root");
        store = RunningStore.on(new LocalDisk(), quick(directory.resolve("data")));
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            store.close();
            run("umount", directory.toString());
        }
    }

    @Test
    @DisplayName("reliability R30: full in the middle, nothing left, the next small one fits")
    void a_disk_that_runs_full_in_the_middle_says_so_and_is_as_free_as_before() throws Exception {
        long before = store.survey().freeBytes();
        StreamOutlet outlet = store.outlet();
        Future<Staging> staging = store.stage("t1", outlet, -1);
        store.send(outlet, pieces(6));

        Staging answer = done(staging);

        assertThat(answer).isInstanceOfSatisfying(
                Full.class, full -> assertThat(full.text()).startsWith("no space left: wanted ").contains(" available"));
        assertThat(done(outlet.settled())).isEqualTo(new Failed(((Full) answer).text()));
        assertThat(store.stagingNames()).isEmpty();
        assertThat(store.survey().freeBytes()).isEqualTo(before);
        store.imported("t2", bytes(1 << 20));
    }

    @Test
    @DisplayName("reliability R33: deleting works on a full disk")
    void images_can_be_deleted_from_a_full_disk() throws Exception {
        byte[] image = bytes(3 << 20);
        var blob = store.imported("t1", image);

        store.forget(blob);

        Path gone = store.fileOf(blob);
        store.until("the blob is unlinked", () -> !gone.toFile().exists());
        store.imported("t2", image);
    }

    private static byte[][] pieces(int count) {
        byte[][] pieces = new byte[count][];
        for (int i = 0; i < count; i++) {
            pieces[i] = bytes(1 << 20);
        }
        return pieces;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
