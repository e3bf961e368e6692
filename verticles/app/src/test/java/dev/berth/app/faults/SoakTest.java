package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several clients push, delete, name and read the same few images while deleted blobs are swept all the time. */
@DisplayName("reliability R20, R23, R27")
@Timeout(120)
class SoakTest {
    private static final int CLIENTS = 4;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(12);

    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_and_not_deleted_is_always_readable_and_nothing_breaks() throws Exception {
        long seed = System.nanoTime();
        Map<String, String> sweepAlways = Map.of("store.delete-grace", "10ms");
        try (RunningBerth berth = RunningBerth.in(folder.resolve("data"), sweepAlways)) {
            List<CompletableFuture<SoakClient>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SoakClient client = new SoakClient(new RawClient(berth.unixSocket()), i, seed);
                clients.add(CompletableFuture.supplyAsync(
                        () -> client.workFor(NANOS), task -> new Thread(task, "soak").start()));
            }
            int kept = 0;
            for (CompletableFuture<SoakClient> client : clients) {
                SoakClient done = client.get(1, TimeUnit.MINUTES);
                done.everythingIsThere();
                kept += done.kept();
                System.out.println("seed " + seed + ": " + done.tally());
            }

            assertThat(new Images(new RawClient(berth.unixSocket())).listed()).hasSize(kept);
            Remains.stagingIsEmpty(berth.data());
            Remains.eventually("one blob per image that is left, and the shared one", new BlobsAre(berth.data(), kept));
        }
    }

    /** Every image has a metadata file of its own, and all share one rootfs. */
    private record BlobsAre(Path data, int images) implements java.util.concurrent.Callable<Boolean> {
        @Override
        public Boolean call() throws Exception {
            return Remains.files(data).size() == (images == 0 ? 0 : images + 1);
        }
    }
}
