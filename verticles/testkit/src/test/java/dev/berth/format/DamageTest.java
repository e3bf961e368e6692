package dev.berth.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.TarBuilder;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** reliability S38: whatever happens to an image's bytes, the outcome is an inspection or a refusal in words, soon. */
@DisplayName("reliability S38")
final class DamageTest {
    private static final long SEED = 20261123;
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(Packing.class)
    void an_image_cut_at_any_byte_is_refused(Packing packing) {
        byte[] whole = metadataLast(packing);

        Assertions.assertTimeout(SOON, () -> {
            for (int length = 0; length < whole.length; length++) {
                assertInspectedOrRefused(Arrays.copyOf(whole, length), "cut at " + length);
            }
        });
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

    private static void assertInspectedOrRefused(byte[] image, String what) {
        Throwable thrown = catchThrowable(
                () -> ImageInspector.inspect(new ByteArrayInputStream(image), InspectLimits.DEFAULTS, Dialect.INCUS));
        if (thrown != null) {
            assertThat(thrown).as(what).isExactlyInstanceOf(FormatException.class);
            assertThat(thrown.getMessage()).as(what).isNotBlank();
        }
    }
}
