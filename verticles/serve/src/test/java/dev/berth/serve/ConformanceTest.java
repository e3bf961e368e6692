package dev.berth.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code CONFORMANCE.md} from promising what is not there. */
final class ConformanceTest {
    private static final Path TABLE = Path.of("CONFORMANCE.md");
    private static final Path HOUSE = Path.of("..", "..");
    private static final int CHECKS = 228;
    private static final int FACTS = 57;
    /** First and last fact about what the other faces serve. */
    private static final int FIRST_OF_FACES = 76;
    private static final int LAST_OF_FACES = 142;
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    /** Of what stands between two breaks: a test, or a sentence. */
    private static final Pattern PART = Pattern.compile(TEST + "|[A-Z][^`]* [^`]*\\.");
    private static final Pattern RUN = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest)\\b");
    private static final Pattern NOT_RUN = Pattern.compile("@Disabled\\b");

    @Test
    void every_number_has_its_row_in_order_and_no_row_is_empty() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        rows().forEach(row -> numbers.add(Integer.valueOf(row.group(1))));

        assertThat(numbers.subList(0, CHECKS + FACTS)).containsExactlyElementsOf(Stream.concat(
                        IntStream.rangeClosed(1, CHECKS).boxed(), IntStream.rangeClosed(1, FACTS).boxed())
                .toList());
        assertThat(numbers.subList(CHECKS + FACTS, numbers.size()))
                .isSorted().doesNotHaveDuplicates().allMatch(number -> number >= FIRST_OF_FACES && number <= LAST_OF_FACES);
    }

    @Test
    void every_row_names_tests_or_says_in_a_sentence_why_there_is_none() throws IOException {
        List<String> neither = rows()
                .flatMap(row -> Stream.of(row.group(3).split("<br>")).filter(part -> !PART.matcher(part).matches())
                        .map(part -> row.group(1) + ": " + part))
                .toList();

        assertThat(neither).isEmpty();
    }

    @Test
    void every_test_it_names_exists_and_runs() throws IOException {
        Map<String, String> sources = testSources();

        List<MatchResult> named = TEST.matcher(Files.readString(TABLE)).results().toList();
        List<String> missing = named.stream()
                .filter(test -> !runs(sources.getOrDefault(test.group(1), ""), test.group(2)))
                .map(MatchResult::group)
                .toList();

        assertThat(named).hasSizeGreaterThan(CHECKS);
        assertThat(missing).isEmpty();
    }

    private static Stream<MatchResult> rows() throws IOException {
        return Files.readAllLines(TABLE).stream().flatMap(line -> ROW.matcher(line).results());
    }

    /** What is written above a method begins after an empty line. */
    private static boolean runs(String source, String method) {
        int at = source.indexOf("void " + method + "(");
        return at >= 0
                && RUN.matcher(source.substring(source.lastIndexOf("\n\n", at) + 1, at)).find()
                && !NOT_RUN.matcher(source).find();
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path folder : List.of(HOUSE, HOUSE.resolve("verticles"))) {
            try (DirectoryStream<Path> modules = Files.newDirectoryStream(folder)) {
                for (Path module : modules) {
                    addSources(module.resolve("src/test/java"), sources);
                }
            }
        }
        return sources;
    }

    private static void addSources(Path folder, Map<String, String> sources) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> sources.merge(className(file), read(file), String::concat));
            }
        }
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not readable", e);
        }
    }
}
