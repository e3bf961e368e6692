package dev.berth.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** reliability S11: a metadata.yaml made to cost memory or time is refused within a second. */
@DisplayName("reliability S11")
final class HostileYamlTest {
    private static final String HEAD = "architecture: x86_64\ncreation_date: 5\n";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final long LITTLE = 64L << 20;

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("billion laughs", laughs()),
                Arguments.of("a text repeated by aliases", "big: &b " + "x".repeat(100_000) + "\n" + HEAD + "properties:\n"
                        + numbered(9_000, i -> "  k" + i + ": *b\n")),
                Arguments.of("a list that contains itself", HEAD + "templates: &t {/x: {when: &w [*w]}}"),
                Arguments.of("a mapping that contains itself", HEAD + "properties: &p {a: *p}"),
                Arguments.of("a merge of itself", HEAD + "properties: &p {<<: *p}"),
                Arguments.of("deep lists", HEAD + "x: " + "[".repeat(50_000)),
                Arguments.of("deep mappings", HEAD + "x: " + "{a: ".repeat(50_000)),
                Arguments.of("deep indents", IntStream.range(0, 1000).mapToObj(i -> " ".repeat(i) + "a:\n").collect(Collectors.joining())),
                Arguments.of("100,000 templates", HEAD + "templates:\n" + numbered(80_000, i -> "  /" + i + ":\n")),
                Arguments.of("100,000 properties", HEAD + "properties:\n" + numbered(80_000, i -> " p" + i + ":\n")),
                Arguments.of("many merges", HEAD + "b: &b {" + numbered(900, i -> "k" + i + ": ,") + "}\nproperties: {<<: ["
                        + "*b,".repeat(50_000) + "]}"),
                Arguments.of("a number of a million digits", "architecture: x86_64\ncreation_date: " + "9".repeat(1_000_000)),
                Arguments.of("a Java type", "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1/\"]]"),
                Arguments.of("control characters", HEAD + "properties: {os: a\u0001b}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void bombs_are_refused_soon(String name, String yaml) {
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);

        Throwable thrown = Assertions.assertTimeoutPreemptively(SOON, () -> catchThrowable(() -> parse(bytes)));

        assertThat(thrown).as(name).isInstanceOf(FormatException.class);
    }

    static Stream<Arguments> swarms() {
        return Stream.of(
                Arguments.of("keys", HEAD + "x: {" + "a,".repeat(500_000) + "}"),
                Arguments.of("list items", HEAD + "x: [" + "a,".repeat(500_000) + "]"),
                Arguments.of("lists", HEAD + "x: [" + "[],".repeat(300_000) + "]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("swarms")
    @DisplayName("reliability S38: half a million values where nobody looks cost little memory")
    void values_where_nobody_looks_cost_little_memory(String name, String yaml) {
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Throwable thrown = catchThrowable(() -> parse(bytes));

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes for many " + name).isLessThan(LITTLE);
        assertThat(thrown).isInstanceOf(FormatException.class).hasMessageContaining("at most");
    }

    @Test
    void a_megabyte_of_one_text_is_legal() throws Exception {
        String yaml = HEAD + "properties: {os: " + "x".repeat(1_000_000) + "}";

        assertThat(parse(yaml.getBytes(StandardCharsets.UTF_8)).properties().get("os")).hasSize(1_000_000);
    }

    @Test
    void a_refusal_repeats_little_of_what_it_refuses() {
        byte[] yaml = ("architecture: \"v\\n" + "a".repeat(900_000) + "\"\ncreation_date: 5").getBytes(StandardCharsets.UTF_8);

        assertThat(catchThrowable(() -> parse(yaml))).message()
                .startsWith("Architecture isn't supported: v?aaa").hasSizeLessThan(200);
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        byte[] bytes = (HEAD + "properties: {os: \u00e9}").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(catchThrowable(() -> parse(bytes))).isInstanceOf(FormatException.class).hasMessageStartingWith("yaml: ");
    }

    @Test
    @DisplayName("reliability S38: random changes end in metadata or a refusal")
    void random_changes_end_in_metadata_or_a_refusal() {
        long seed = 20261123;
        Random random = new Random(seed);
        byte[] whole = (HEAD + "properties: {os: &a Alpine, release: 3.20, b: *a}\ntemplates:\n  /etc/hostname:\n"
                + "    when: [create, copy]\n    create_only: yes\n    properties: {<<: {x: |\n  y\n}}\n").getBytes(StandardCharsets.UTF_8);
        String odd = "[]{}:,&*!|>'\"%@`#-? \n\t~<=.0_\u0000\u0085";

        for (int round = 0; round < 5_000; round++) {
            byte[] changed = whole.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                changed[random.nextInt(changed.length)] = (byte) odd.charAt(random.nextInt(odd.length()));
            }
            Throwable thrown = catchThrowable(() -> parse(changed));
            assertThat(thrown == null || thrown instanceof FormatException)
                    .as("seed %d round %d: %s gave %s", seed, round, new String(changed, StandardCharsets.UTF_8), thrown)
                    .isTrue();
        }
    }

    private static String laughs() {
        StringBuilder yaml = new StringBuilder(HEAD + "a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            yaml.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n");
        }
        return yaml.toString();
    }

    private static String numbered(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    private static Metadata parse(byte[] yaml) throws FormatException {
        return MetadataYaml.parse(yaml, InspectLimits.DEFAULTS);
    }
}
