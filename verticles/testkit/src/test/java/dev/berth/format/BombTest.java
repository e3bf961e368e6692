package dev.berth.format;

import static dev.berth.format.Inspecting.inspect;
import static dev.berth.format.Inspecting.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** reliability S10: small files that become large ones, or want much memory, are refused in seconds and cost little. */
@DisplayName("reliability S10")
final class BombTest {
    private static final int MIB = 1 << 20;
    private static final long HUNDRED_GB = 100L << 30;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long LITTLE = 64L * MIB;

    @ParameterizedTest
    @EnumSource(value = Packing.class, names = {"PLAIN", "LZMA"}, mode = Mode.EXCLUDE)
    void a_hundred_gigabytes_of_zeros_are_refused(Packing packing) throws Exception {
        byte[] head = zeros(packing, HUNDRED_GB, 16);
        byte[] more = zeros(packing, -1, 16);
        InputStream bomb = new SequenceInputStream(repeated(head, more, 6400));

        assertRefusedCheaply(bomb);
    }

    @Test
    void zeros_in_lzma_which_has_no_members_are_refused() throws Exception {
        assertRefusedCheaply(new ByteArrayInputStream(zeros(Packing.LZMA, HUNDRED_GB, 128)));
    }

    @Test
    void a_bomb_in_a_bomb_is_a_file_that_is_not_opened() throws Exception {
        byte[] bomb = Packing.GZIP.pack(new byte[8 * MIB]);
        byte[] image = Packing.GZIP.pack(
                TarBuilder.tar().file("bomb.gz", bomb).file("metadata.yaml", ImageFixtures.METADATA).directory("rootfs/").build());

        assertThat(inspect(image).rootType()).isPresent();
    }

    @Test
    void an_image_with_a_large_empty_file_passes() throws Exception {
        byte[] image = ImageFixtures.unified(Packing.PLAIN);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = Packing.ZSTD.open(packed)) {
            out.write(TarBuilder.tar().header("var/log/lastlog", '0', 60L * MIB).unfinished());
            writeZeros(out, 60L * MIB);
            out.write(image);
        }

        assertThat(inspect(packed.toByteArray()).rootType()).isPresent();
    }

    @Test
    void more_than_the_absolute_cap_is_refused() {
        InspectLimits small = new InspectLimits(MIB, MIB, 1000, 80 * MIB, 27, 64 * MIB, 250, 10_000);
        byte[] image = TarBuilder.tar().file("a", new byte[20_000]).file("metadata.yaml", ImageFixtures.METADATA).build();

        assertThat(refusal(image, small)).contains("when decompressed");
    }

    @Test
    void an_xz_of_the_strongest_preset_is_read() throws Exception {
        assertThat(inspect(xzWithDictionary(28)).rootType()).isPresent();
    }

    @Test
    void an_xz_that_wants_gigabytes_is_refused_with_the_amount() {
        assertThat(refusal(xzWithDictionary(37))).contains("needs 15").contains("at most 80 MiB").contains("smaller dictionary");
    }

    @Test
    void an_lzma_that_wants_gigabytes_is_refused() {
        byte[] image = ImageFixtures.unified(Packing.LZMA);
        image[4] = 0x60;

        assertThat(refusal(image)).contains("at most 80 MiB");
    }

    @Test
    void a_zstd_window_of_128_mib_is_read_and_a_larger_one_refused() throws Exception {
        assertThat(inspect(zstdWithWindow(27)).rootType()).isPresent();
        assertThat(refusal(zstdWithWindow(28))).isEqualTo(
                "cannot decompress the .tar.zst: its window is larger than 128 MiB; compress with a smaller --long");
        assertThat(refusal(zstdWithWindow(31))).contains("smaller --long");
    }

    @Test
    void symbolic_links_with_names_of_a_mebibyte_do_not_fill_the_memory() throws Exception {
        AtomicLong keptAtTheEnd = new AtomicLong(Long.MAX_VALUE);
        long before = heapInUse();
        Stream<InputStream> links = IntStream.range(0, 300).mapToObj(BombTest::longNamedLink);
        Stream<InputStream> end = Stream.of(InputStream.nullInputStream())
                .peek(reached -> keptAtTheEnd.set(heapInUse() - before));
        InputStream image = new SequenceInputStream(inTurn(Stream.concat(links, end)));

        assertThat(catchThrowable(() -> ImageInspector.inspect(image, InspectLimits.DEFAULTS, Dialect.LXD)))
                .hasMessage("Metadata tarball is missing metadata.yaml");
        assertThat(keptAtTheEnd).hasValueLessThan(LITTLE);
    }

    /** Some decoders call themselves for each member that holds nothing; one that does not may read the image. */
    @ParameterizedTest
    @EnumSource(value = Packing.class, names = {"GZIP", "LZ4"})
    void a_hundred_thousand_empty_members_are_refused_in_words_or_read(Packing packing) throws Exception {
        byte[] empty = packing.pack(new byte[0]);
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            image.write(empty);
        }
        image.write(ImageFixtures.unified(packing));

        Throwable thrown = catchThrowable(() -> inspect(image.toByteArray(), Dialect.INCUS));

        if (thrown != null) {
            assertThat(thrown).isInstanceOf(FormatException.class).hasMessage(
                    "cannot decompress the " + packing.extension() + ": too many empty parts follow each other");
        }
    }

    private static InputStream longNamedLink(int number) {
        String name = "templates/" + number + "x".repeat(MIB - 20);
        return new ByteArrayInputStream(
                TarBuilder.tar().gnuLongName(name).symbolicLink("templates/x", "/etc/passwd").unfinished());
    }

    /** Each is made when the one before it has been read. */
    private static Enumeration<InputStream> inTurn(Stream<InputStream> parts) {
        Iterator<InputStream> each = parts.iterator();
        return new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return each.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return each.next();
            }
        };
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void assertRefusedCheaply(InputStream bomb) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Throwable thrown = Assertions.assertTimeout(SOON, () -> catchThrowable(
                () -> ImageInspector.inspect(bomb, InspectLimits.DEFAULTS, Dialect.INCUS)));

        assertThat(thrown).isInstanceOf(FormatException.class).hasMessageStartingWith("decompression bomb: ");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LITTLE);
    }

    /** Zeros behind the header of a member of the given size, or without a header when it is negative. */
    private static byte[] zeros(Packing packing, long announced, int mebibytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing.open(packed)) {
            if (announced >= 0) {
                out.write(TarBuilder.tar().header("rootfs/zeros", '0', announced).unfinished());
            }
            writeZeros(out, (long) mebibytes * MIB);
        }
        return packed.toByteArray();
    }

    private static void writeZeros(OutputStream out, long count) throws IOException {
        byte[] zeros = new byte[MIB];
        for (long left = count; left > 0; left -= zeros.length) {
            out.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
    }

    private static Enumeration<InputStream> repeated(byte[] first, byte[] rest, int times) {
        return Collections.enumeration(IntStream.range(0, times)
                .<InputStream>mapToObj(i -> new ByteArrayInputStream(i == 0 ? first : rest))
                .toList());
    }

    /** An xz whose block header asks for a dictionary by the format's size code: 28 is 64 MiB, 37 is 1.5 GiB. */
    private static byte[] xzWithDictionary(int code) {
        byte[] image = ImageFixtures.unified(Packing.XZ);
        image[16] = (byte) code;
        CRC32 crc = new CRC32();
        crc.update(image, 12, 8);
        for (int i = 0; i < 4; i++) {
            image[20 + i] = (byte) (crc.getValue() >> 8 * i);
        }
        return image;
    }

    /** A zstd frame of one block stored as it is, with a window of two to the given power. */
    private static byte[] zstdWithWindow(int log) {
        byte[] tar = ImageFixtures.unified(Packing.PLAIN);
        int block = tar.length << 3 | 1;
        byte[] head = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (log - 10 << 3), (byte) block, (byte) (block >> 8), (byte) (block >> 16)};
        return ImageFactsTest.joined(head, tar);
    }
}
