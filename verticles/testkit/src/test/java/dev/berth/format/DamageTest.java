package dev.berth.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.TarBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** reliability S38: whatever happens to an image's bytes, the outcome is an inspection or a refusal in words, soon. */
@DisplayName("reliability S38")
final class DamageTest {
    private static final long SEED = 20261123;
    private static final int BLOCK = 512;
    private static final int LONGEST_TRAILER = 40;
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(Packing.class)
    void an_image_cut_at_any_byte_before_the_end_of_its_metadata_is_refused(Packing packing) {
        byte[] whole = metadataLast(packing);
        int needed = whole.length - mayBeMissing(packing);

        Assertions.assertTimeout(SOON, () -> {
            for (int length = 0; length < needed; length++) {
                assertRefused(Arrays.copyOf(whole, length), "cut at " + length);
            }
            for (int length = needed; length < whole.length; length++) {
                assertInspectedOrRefused(Arrays.copyOf(whole, length), "cut at " + length);
            }
        });
    }

    /** LXD stops reading there, too. */
    @Test
    void an_image_cut_right_behind_its_metadata_is_read() throws Exception {
        byte[] whole = metadataLast(Packing.PLAIN);
        byte[] cut = Arrays.copyOf(whole, whole.length - mayBeMissing(Packing.PLAIN));

        assertThat(Inspecting.inspect(cut).rootType()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void an_image_changed_at_any_byte_is_read_or_refused(Packing packing) {
        byte[] whole = metadataLast(packing);
        Random random = new Random(SEED);

        Assertions.assertTimeout(SOON, () -> {
            for (int at = 0; at < whole.length; at++) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) (1 + random.nextInt(255));
                assertInspectedOrRefused(changed, "seed " + SEED + ", changed at " + at);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void an_image_with_many_changes_is_read_or_refused(Packing packing) {
        byte[] tar = metadataLast(Packing.PLAIN);
        Random random = new Random(SEED);

        Assertions.assertTimeout(SOON, () -> {
            for (int round = 0; round < 300; round++) {
                byte[] changed = tar.clone();
                for (int i = 0; i < 1 + random.nextInt(20); i++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
                assertInspectedOrRefused(packing.pack(changed), "seed " + SEED + ", round " + round);
            }
        });
    }

    private static byte[] metadataLast(Packing packing) {
        return packing.pack(TarBuilder.tar().directory("rootfs/").pax("path", "rootfs/p").file("x", "y")
                .gnuLongName("rootfs/g").file("g", "z").file("metadata.yaml", ImageFixtures.METADATA).build());
    }

    /** Bytes behind the metadata: the end of the archive, or what a decoder looks at when it has given all bytes. */
    private static int mayBeMissing(Packing packing) {
        int padding = -ImageFixtures.METADATA.length() & BLOCK - 1;
        return packing == Packing.PLAIN ? padding + 2 * BLOCK : LONGEST_TRAILER;
    }

    private static void assertInspectedOrRefused(byte[] image, String what) {
        Throwable thrown = thrownOver(image);
        if (thrown != null) {
            assertIsRefusal(thrown, what);
        }
    }

    private static void assertRefused(byte[] image, String what) {
        assertIsRefusal(thrownOver(image), what);
    }

    private static void assertIsRefusal(Throwable thrown, String what) {
        assertThat(thrown).as(what).isExactlyInstanceOf(FormatException.class).message().isNotBlank();
    }

    private static Throwable thrownOver(byte[] image) {
        return catchThrowable(() -> Inspecting.inspect(image, Dialect.INCUS));
    }
}
