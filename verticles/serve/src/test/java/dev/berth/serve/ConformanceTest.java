package dev.berth.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    @Test
    void every_number_has_its_row_in_order_and_no_row_is_empty() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE)) {
            ROW.matcher(line).results().forEach(row -> numbers.add(Integer.valueOf(row.group(1))));
        }

        assertThat(numbers.subList(0, CHECKS + FACTS)).containsExactlyElementsOf(Stream.concat(
                        IntStream.rangeClosed(1, CHECKS).boxed(), IntStream.rangeClosed(1, FACTS).boxed())
                .toList());
        assertThat(numbers.subList(CHECKS + FACTS, numbers.size()))
                .isSorted().doesNotHaveDuplicates().allMatch(number -> number >= FIRST_OF_FACES && number <= LAST_OF_FACES);
    }

    @Test
    void every_test_it_names_exists() throws IOException {
        Map<String, String> sources = testSources();

        List<MatchResult> named = TEST.matcher(Files.readString(TABLE)).results().toList();
        List<String> missing = named.stream()
                .filter(test -> !sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("))
                .map(MatchResult::group)
                .toList();

        assertThat(named).hasSizeGreaterThan(CHECKS);
        assertThat(missing).isEmpty();
    }

    private static Map<String, String> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(HOUSE)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(ConformanceTest::className, ConformanceTest::read, String::concat));
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
