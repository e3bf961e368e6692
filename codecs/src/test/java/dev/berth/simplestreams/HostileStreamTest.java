package dev.berth.simplestreams;

import static dev.berth.simplestreams.StreamFixture.BASE;
import static dev.berth.simplestreams.StreamFixture.product;
import static dev.berth.simplestreams.StreamFixture.products;
import static dev.berth.simplestreams.StreamFixture.sha;
import static dev.berth.simplestreams.StreamFixture.unified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents made to cost memory or time, or to break the reader: the test process has 512 MiB. */
@Timeout(60)
final class HostileStreamTest {
    private static final String GOOD = product("good", "'aliases': 'good'", unified("20260821", 'a'));

    static Stream<String> bombs() {
        return Stream.of(
                "{'products': " + "[".repeat(100_000),
                "{'products': " + "{'a':".repeat(100_000),
                "{'x': '" + "x".repeat(70_000) + "', 'products': {'" + "k".repeat(10_000) + "': {}}}",
                "{'products': {'a': {'os': '" + "x".repeat(70_000) + "'}}}",
                "{'products': {'a': {'versions': {'1': {'items': {'b': {'size': " + "9".repeat(70_000) + "}}}}}}}");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void a_bomb_is_refused(String json) {
        assertThatThrownBy(() -> StreamFixture.read(json)).isInstanceOf(StreamFormatException.class);
    }

    @Test
    void long_texts_that_nobody_reads_are_fine() throws IOException {
        String json = "{'license': '" + "x".repeat(500_000) + "', 'products': {" + GOOD + "}}";

        assertThat(StreamFixture.read(json).fingerprints()).containsExactly(sha('a'));
    }

    @Test
    void a_document_beyond_the_limit_is_refused_without_reading_on() {
        ReadLimits small = new ReadLimits(1000, 100, 1, 100, 1000, 10, 10, 1000);
        InputStream endless = endless("{\"products\": {", i -> "\"p" + i + "\": {},", Integer.MAX_VALUE);

        assertThatThrownBy(() -> StreamFixture.read(endless, StreamCollector.ofAll(BASE, small), small))
                .isInstanceOf(StreamFormatException.class).hasMessageContaining("1000 bytes");
    }

    @Test
    void a_hundred_thousand_products_leave_only_the_one_asked_for() throws IOException {
        InputStream many = endless("{\"products\": {", HostileStreamTest::numbered, 100_000);

        StreamFixture read = StreamFixture.read(many, StreamCollector.of("name77777", BASE, ReadLimits.DEFAULTS), ReadLimits.DEFAULTS);

        assertThat(read.index().images()).singleElement().satisfies(image -> assertThat(image.serial()).isEqualTo("20260821"));
    }

    @Test
    void more_than_may_be_kept_is_refused() {
        ReadLimits few = new ReadLimits(1 << 28, 1 << 16, 1, 2_000_000, 1 << 20, 1000, 10, 1 << 20);
        InputStream many = endless("{\"products\": {", HostileStreamTest::numbered, 5_000);

        assertThatThrownBy(() -> StreamFixture.read(many, StreamCollector.ofAll(BASE, few), few))
                .isInstanceOf(StreamFormatException.class).hasMessageContaining("ask for one of them by name");
    }

    @Test
    void too_many_products_are_refused() {
        ReadLimits few = new ReadLimits(1 << 28, 1 << 16, 1, 10, 1 << 20, 1000, 10, 1 << 20);

        assertThatThrownBy(() -> StreamFixture.read(endless("{\"products\": {", HostileStreamTest::numbered, 11),
                        StreamCollector.of("x", BASE, few), few))
                .isInstanceOf(StreamFormatException.class).hasMessageContaining("more than 10 products");
    }

    @Test
    void a_product_that_is_too_large_is_left_out_alone() throws IOException {
        ReadLimits few = new ReadLimits(1 << 28, 1 << 16, 1, 10, 2_000, 30, 3, 1 << 20);
        String versions = String.join(",", IntStream.range(0, 40).mapToObj(i -> "'" + (20260000 + i) + "': {}").toList());
        String items = "'20260821': {'items': {" + String.join(",", IntStream.range(0, 40).mapToObj(i -> "'i" + i + "': {}").toList()) + "}}";
        String json = products(product("versions", "", versions), product("items", "", items, "'20260822': {}"),
                product("names", "'aliases': 'a,b,c,d'"), product("needs", "'requirements': {'a':'','b':'','c':'','d':''}"),
                product("text", "'x': '" + "x".repeat(3_000) + "'", unified("20260821", 'b')), GOOD);

        StreamFixture read = StreamFixture.read(StreamFixture.bytes(json), StreamCollector.ofAll(BASE, few), few);

        assertThat(read.fingerprints()).containsExactly(sha('a'));
        assertThat(read.skipped().reasons()).extracting(reason -> reason.substring(0, reason.indexOf(':')))
                .containsExactly("versions", "items", "names", "needs", "text");
    }

    @Test
    void many_reasons_are_counted_and_the_first_are_kept() throws IOException {
        String bad = String.join(",", IntStream.range(0, 500).mapToObj(i -> "'p" + i + "\\u0007': 5").toList());

        SkippedParts skipped = StreamFixture.read("{'products': {" + bad + "}}").skipped();

        assertThat(skipped.count()).isEqualTo(500);
        assertThat(skipped.reasons()).hasSize(50).contains("p0?: must be an object, got another number");
    }

    @Test
    void any_byte_may_change_and_the_reader_ends_in_order() throws IOException {
        byte[] good = StreamFixture.products(GOOD, product("p", "'requirements': {'a': 'b'}", unified("20260822", 'b')))
                .replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < good.length; at++) {
            for (int value : new int[] {0, '"', '{', ']', '9', 0xff, good[at] ^ 1}) {
                byte[] bad = good.clone();
                bad[at] = (byte) value;
                readOrRefuse(bad, "byte " + at + " = " + value);
            }
            readOrRefuse(Arrays.copyOf(good, at), "cut at " + at);
        }
    }

    @Test
    void a_source_that_breaks_is_not_the_documents_fault() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatThrownBy(() -> StreamFixture.read(broken, StreamCollector.ofAll(BASE, ReadLimits.DEFAULTS), ReadLimits.DEFAULTS))
                .isExactlyInstanceOf(IOException.class).hasMessage("connection reset");
    }

    private static void readOrRefuse(byte[] json, String what) throws IOException {
        try {
            StreamFixture.read(new ByteArrayInputStream(json), StreamCollector.ofAll(BASE, ReadLimits.DEFAULTS), ReadLimits.DEFAULTS);
        } catch (StreamFormatException expected) {
            assertThat(expected).hasMessageContaining("document");
        } catch (RuntimeException e) {
            fail(what, e);
        }
    }

    private static String numbered(int i) {
        String sha = String.format("%064x", i);
        return ("'p" + i + "': {'arch': 'amd64', 'aliases': 'name" + i + "', 'versions': {'20260821': {'items': {'c': "
                + "{'ftype': 'lxd_combined.tar.gz', 'path': 'x/" + i + "', 'sha256': '" + sha + "'}}}}},").replace('\'', '"');
    }

    /** A document of {@code count} parts, made while it is read, with a last product and the closing braces. */
    private static InputStream endless(String head, IntFunction<String> part, int count) {
        Iterator<InputStream> parts = IntStream.range(0, count).mapToObj(part).map(HostileStreamTest::stream).iterator();
        return new SequenceInputStream(Collections.enumeration(List.of(stream(head),
                new SequenceInputStream(new Enumeration<InputStream>() {
                    @Override
                    public boolean hasMoreElements() {
                        return parts.hasNext();
                    }

                    @Override
                    public InputStream nextElement() {
                        return parts.next();
                    }
                }), stream("\"last\": {}}}"))));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
