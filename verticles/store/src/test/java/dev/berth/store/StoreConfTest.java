package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.image.BlobId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StoreConfTest {
    private static final Path DATA = Path.of("/data");

    @Test
    void the_defaults_are_these() {
        StoreConf conf = StoreConf.in(DATA);

        assertThat(conf.minFreeBytes()).isEqualTo(64L << 20);
        assertThat(conf.stagingLimitBytes()).isEqualTo(1L << 40);
        assertThat(conf.pastCacheAfter()).isEqualTo(64L << 20);
        assertThat(conf.deleteGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(conf.orphanGrace()).isEqualTo(Duration.ofHours(1));
        assertThat(conf.leaseLimit()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void a_bad_value_is_named_with_its_key() {
        assertThatThrownBy(() -> new StoreConf(
                        DATA, -1, 1, 0, Duration.ZERO, Duration.ZERO, Duration.ofHours(1)))
                .hasMessage("store.min-free-bytes must be at least 0, got -1");
        assertThatThrownBy(() -> new StoreConf(
                        DATA, 0, 1, -1, Duration.ZERO, Duration.ZERO, Duration.ofHours(1)))
                .hasMessage("store.past-cache-after must be at least 0, got -1");
        assertThatThrownBy(() -> new StoreConf(
                        DATA, 0, 1, 0, Duration.ofSeconds(-5), Duration.ZERO, Duration.ofHours(1)))
                .hasMessage("store.delete-grace must not be negative, got PT-5S");
    }

    @Test
    void paths_are_the_documented_tree() {
        BlobPaths paths = new BlobPaths(DATA);
        BlobId blob = new BlobId("ab" + "0".repeat(62));

        assertThat(paths.blob(blob)).isEqualTo(DATA.resolve("blobs/sha256/ab").resolve(blob.hex()));
        assertThat(paths.staging("t-1", 7)).isEqualTo(DATA.resolve("staging/t-1-7"));
        assertThat(paths.staging("../x", 8)).isEqualTo(DATA.resolve("staging/___x-8"));
        assertThat(paths.blobAt(paths.blob(blob))).hasValue(blob);
        assertThat(paths.blobAt(DATA.resolve("blobs/sha256/00").resolve(blob.hex()))).isEmpty();
    }
}
