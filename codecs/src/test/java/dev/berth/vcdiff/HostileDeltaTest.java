package dev.berth.vcdiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas that are damaged, or made to cost memory or time. */
@Timeout(60)
final class HostileDeltaTest {
    private static final VcdiffLimits SMALL = new VcdiffLimits(1 << 17, 1 << 16, 100, 1 << 20);
    private static final DeltaBytes EMPTY = new DeltaBytes();

    @TempDir
    private Path folder;

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("d6 c3 c4 00", new DeltaBytes().text("hsqs file")),
                Arguments.of("d6 c3 c4 00", new DeltaBytes().bytes(0xd6, 0xc3, 0xc4, 'S', 0)),
                Arguments.of("code table", DeltaBytes.header(2, 5)),
                Arguments.of("indicator must have no bits but 01 and 04, got 08", DeltaBytes.header(8)),
                Arguments.of("got an unknown one (id 9)", DeltaBytes.header(1, 9)),
                Arguments.of("application header must not be longer than 100", DeltaBytes.header(4).number(101)),
                Arguments.of("63 bits", DeltaBytes.header(4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)),
                Arguments.of("window indicator must be", DeltaBytes.header(0, 3)),
                Arguments.of("window indicator must be", DeltaBytes.header(0, 8)),
                Arguments.of("the target window must not be longer than 65536", window(0, 0, (1 << 16) + 1, EMPTY)),
                Arguments.of("data section must not be longer", window(0, 0, 0, new DeltaBytes().text("x".repeat(300)))),
                Arguments.of("the source has only 20000", window(0, 20_001, 0, EMPTY)),
                Arguments.of("the source has only 20000", window(Long.MAX_VALUE, 1, 0, EMPTY)),
                Arguments.of("parts are", DeltaBytes.header(0, 0, 9, 0, 0, 0, 0, 0)),
                Arguments.of("delta indicator", DeltaBytes.header(0, 0, 5, 0, 1, 0, 0, 0)),
                Arguments.of("its instructions make 0", window(0, 0, 5, EMPTY)),
                Arguments.of("data section must be used up", window(0, 0, 0, new DeltaBytes().text("x"))),
                Arguments.of("data section has 0 bytes", made(5, EMPTY, new DeltaBytes().bytes(6), EMPTY)),
                Arguments.of("data section has 0 bytes", made(5, EMPTY, new DeltaBytes().bytes(0, 5), EMPTY)),
                Arguments.of("instruction at 0 makes 6 more", made(5, EMPTY, new DeltaBytes().bytes(7), EMPTY)),
                Arguments.of("makes 9223372036854775807 more", made(5, EMPTY, new DeltaBytes().bytes(1).number(Long.MAX_VALUE), EMPTY)),
                Arguments.of("instructions section has 1 bytes", made(5, EMPTY, new DeltaBytes().bytes(1), EMPTY)),
                Arguments.of("addresses section has 0 bytes", made(5, EMPTY, new DeltaBytes().bytes(21), EMPTY)),
                Arguments.of("before address 0, but it starts at 0", made(5, EMPTY, new DeltaBytes().bytes(21), new DeltaBytes().number(0))),
                Arguments.of("starts at -1", made(5, EMPTY, new DeltaBytes().bytes(21 + 16), new DeltaBytes().number(1))),
                Arguments.of("addresses section must be used up", made(0, EMPTY, EMPTY, new DeltaBytes().number(5))),
                Arguments.of("must begin with its size", DeltaBytes.header(1, 2, 0, 5, 0, 1, 0, 0, 0)),
                Arguments.of("decompressed data section must not be longer than 256", DeltaBytes.header(1, 2, 0, 8, 0, 1, 3, 0, 0).number(1 << 20)),
                Arguments.of("section cannot be decompressed", DeltaBytes.header(1, 2, 0, 7, 0, 1, 2, 0, 0).bytes(9, 9)),
                Arguments.of("3 bytes too many", DeltaBytes.header(1, 2, 0, 9, 0, 1, 4, 0, 0).bytes(0, 1, 2, 3)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_is_wrong_is_said(String why, DeltaBytes delta) throws IOException {
        Path old = Edited.write(folder, "old", Edited.old());

        assertThatThrownBy(() -> Edited.decode(old, delta.toBytes(), SMALL))
                .isInstanceOf(VcdiffException.class).hasMessageContaining(why);
    }

    @Test
    void a_result_beyond_the_limit_is_refused_before_it_is_made() throws IOException {
        Path old = Edited.write(folder, "old", Edited.old());
        int size = Edited.edited().length;

        assertThatThrownBy(() -> Edited.decode(old, Edited.delta("default.vcdiff"), VcdiffLimits.forTarget(size - 1)))
                .isInstanceOf(VcdiffException.class).hasMessageContaining("must not be longer than " + (size - 1));
    }

    @Test
    void a_decoder_that_needs_too_much_memory_is_refused() throws IOException {
        Path old = Edited.write(folder, "old", Edited.old());

        assertThatThrownBy(() -> Edited.decode(old, Edited.delta("default.vcdiff"), new VcdiffLimits(1 << 20, 1 << 20, 100, 100_000)))
                .isInstanceOf(VcdiffException.class).hasMessageContaining("LZMA dictionary of the data sections needs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default.vcdiff", "plain.vcdiff"})
    void a_delta_that_is_cut_anywhere_never_looks_complete(String name) throws IOException {
        Path old = Edited.write(folder, "old", Edited.old());
        byte[] good = Edited.delta(name);
        byte[] whole = Edited.edited();
        for (int length = 0; length < good.length; length++) {
            assertThat(outcome(old, Arrays.copyOf(good, length))).as("cut at %d", length).isNotEqualTo(whole);
        }
    }

    /** With Adler-32 a changed byte is noticed or does not matter; without, the result may differ, which its hash will tell. */
    @ParameterizedTest
    @ValueSource(strings = {"default.vcdiff", "plain.vcdiff"})
    void a_change_of_any_byte_ends_in_order(String name) throws IOException {
        Path old = Edited.write(folder, "old", Edited.old());
        byte[] good = Edited.delta(name);
        byte[] whole = Edited.edited();
        boolean summed = name.startsWith("default");
        for (int at = 0; at < good.length; at++) {
            for (int flipped : new int[] {0x01, 0x80, 0xff}) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) flipped;
                byte[] made = outcome(old, bad);
                assertThat(made == null || !summed || Arrays.equals(made, whole)).as("byte %d ^ %x", at, flipped).isTrue();
            }
        }
    }

    /** The bytes made, or null when it was refused; anything but a refusal fails the test. */
    private static byte[] outcome(Path old, byte[] delta) {
        try {
            return Edited.decode(old, delta, VcdiffLimits.forTarget(1 << 20));
        } catch (VcdiffException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            return fail("a damaged delta must end in a VcdiffException", e);
        }
    }

    private static DeltaBytes window(long position, long length, int target, DeltaBytes data) {
        return DeltaBytes.header().window(1, position, length, target, data, EMPTY, EMPTY);
    }

    private static DeltaBytes made(int target, DeltaBytes data, DeltaBytes instructions, DeltaBytes addresses) {
        return DeltaBytes.header().window(0, 0, 0, target, data, instructions, addresses);
    }
}
