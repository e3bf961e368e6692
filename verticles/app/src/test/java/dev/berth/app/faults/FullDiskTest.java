package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.TarBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: imports fail in words and leave nothing, everything else goes on. */
@DisplayName("reliability R30, R31, R33")
@Timeout(120)
class FullDiskTest {
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final Map<String, String> NOTHING_KEPT_FREE =
            Map.of("store.min-free-bytes", "0", "store.delete-grace", "20ms");
    private static final byte[] SMALL = ImageFixtures.unified(Packing.GZIP);

    @TempDir
    Path folder;

    private SmallDisk disk;
    private RunningBerth berth;
    private RawClient client;
    private Images images;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.at(folder.resolve("disk"), "size=24m,nr_inodes=600");
        berth = RunningBerth.in(disk.folder().resolve("data"), NOTHING_KEPT_FREE);
        client = new RawClient(berth.unixSocket());
        images = new Images(client);
        assertThat(images.upload(SMALL).error()).isEmpty();
    }

    @AfterEach
    void unmount() throws Exception {
        if (berth != null) {
            berth.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void what_does_not_fit_fails_soon_in_words_and_gives_its_space_back() throws Exception {
        Remains before = Remains.of(berth.data(), client);
        long free = disk.free();
        long began = System.nanoTime();
        Images.Outcome outcome = images.upload(imageOf(30 << 20));

        assertThat(outcome.error()).contains("no space").contains("available");
        assertThat(System.nanoTime() - began).isLessThan(SOON_NANOS);
        before.areSame();
        assertThat(disk.free()).isGreaterThan(free - free / 50);
        assertThat(images.export(ImageFixtures.fingerprint(SMALL)).body()).isEqualTo(SMALL);
        assertThat(images.upload(imageOf(1 << 20)).error()).isEmpty();
    }

    @Test
    void eight_imports_that_fill_the_disk_together_succeed_or_fail_in_words() throws Exception {
        List<CompletableFuture<Images.Outcome>> imports = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] image = imageOf((5 << 20) + i);
            imports.add(CompletableFuture.supplyAsync(() -> upload(image), task -> new Thread(task).start()));
        }
        int kept = 0;
        for (CompletableFuture<Images.Outcome> each : imports) {
            Images.Outcome outcome = each.get(1, TimeUnit.MINUTES);
            kept += outcome.succeeded() ? 1 : 0;
            assertThat(outcome.succeeded() || outcome.error().contains("no space")).as(outcome.error()).isTrue();
        }

        assertThat(kept).isLessThan(5);
        assertThat(images.listed()).hasSize(1 + kept);
        Remains.stagingIsEmpty(berth.data());
        assertThat(images.upload(ImageFixtures.unifiedNamed(Packing.GZIP, "small")).error()).isEmpty();
    }

    @Test
    void on_a_full_disk_images_are_read_and_deleted_and_that_makes_room() throws Exception {
        String large = images.upload(imageOf(6 << 20)).fingerprint();
        disk.fillUpTo(0);

        assertThat(images.upload(ImageFixtures.unifiedNamed(Packing.GZIP, "late")).error()).contains("no space");
        assertThat(images.export(ImageFixtures.fingerprint(SMALL)).body()).isEqualTo(SMALL);
        assertThat(images.delete(large).error()).isEmpty();

        Remains.eventually("the deleted image's space is free", () -> disk.free() > 5 << 20);
        assertThat(images.upload(imageOf(4 << 20)).error()).isEmpty();
        assertThat(images.listed()).hasSize(2).doesNotContain(large);
    }

    @Test
    void without_a_free_name_imports_fail_in_words_and_the_rest_goes_on() throws Exception {
        Remains before = Remains.of(berth.data(), client);
        disk.takeAllNames();

        assertThat(images.upload(ImageFixtures.unifiedNamed(Packing.GZIP, "nameless")).error()).contains("no space");
        before.areSame();
        assertThat(images.export(ImageFixtures.fingerprint(SMALL)).body()).isEqualTo(SMALL);
        assertThat(images.delete(ImageFixtures.fingerprint(SMALL)).error()).isEmpty();

        disk.relieve();
        assertThat(images.upload(SMALL).error()).isEmpty();
    }

    private Images.Outcome upload(byte[] image) {
        try {
            return images.upload(image);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] imageOf(int bytes) {
        return TarBuilder.tar().file("metadata.yaml", ImageFixtures.METADATA).directory("rootfs/")
                .file("rootfs/data", ImageFixtures.squashfsLike(bytes)).build();
    }
}
