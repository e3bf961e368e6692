package dev.berth.store;

import static dev.berth.store.RunningStore.blobOf;
import static dev.berth.store.RunningStore.quick;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.StoreContract.Kept;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.image.BlobId;
import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.LocalDisk;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes long to make anything durable. */
final class SlowDiskTest {
    private final CompletableFuture<Void> made = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean slow;

    @TempDir
    private Path data;

    @Test
    void a_download_does_not_wait_until_the_images_of_others_are_durable() throws Exception {
        RunningStore store = RunningStore.on(disk(), quick(data));
        BlobId here = store.imported("t", bytes(0));
        List<Staged> staged = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            staged.add(store.staged("t" + i, bytes(i)));
        }
        slow = true;
        List<Future<Kept>> kept = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            kept.add(store.keep("t" + i, staged.get(i - 1), blobOf(bytes(i))));
        }
        store.until("all wait for the disk", () -> waiting.get() == 4);

        assertThat(store.open(here)).isInstanceOf(Local.class);

        made.complete(null);
        RunningStore.done(Future.all(kept));
        store.close();
    }

    private Disk disk() {
        LocalDisk disk = new LocalDisk();
        return (Disk) Proxy.newProxyInstance(Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, call, with) -> {
            if (slow && call.getName().equals("forceDirectory")) {
                waiting.incrementAndGet();
                made.join();
            }
            return call.invoke(disk, with);
        });
    }

    private static byte[] bytes(int number) {
        return new byte[1000 + number];
    }
}
