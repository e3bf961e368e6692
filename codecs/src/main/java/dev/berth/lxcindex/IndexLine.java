package dev.berth.lxcindex;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of an index: six fields between semicolons (formats 5).
 *
 * @param distribution what {@code -d} asks for
 * @param release what {@code -r} asks for
 * @param architecture what {@code -a} asks for, Debian's name
 * @param variant what {@code --variant} asks for, usually {@code default}
 * @param build differs whenever the files differ: clients compare it, and keep what they have when it is the same
 * @param path folder of the files, relative to the server, with a slash at both ends
 */
public record IndexLine(
        String distribution, String release, String architecture, String variant, String build, String path) {
    private static final String SEPARATOR = ";";
    private static final int FIELDS = 6;

    public IndexLine {
        if (!fields(distribution, release, architecture, variant, build, path).allMatch(IndexLine::isField)) {
            throw new IllegalArgumentException("a field of an index line is not empty and has no \";\" and no control"
                    + " character, got " + fields(distribution, release, architecture, variant, build, path).toList());
        }
    }

    /** Reads a line; empty when it has another number of fields, or an empty one. */
    static Optional<IndexLine> read(String line) {
        List<String> fields = Arrays.asList(line.split(SEPARATOR, -1));
        if (fields.size() != FIELDS || !fields.stream().allMatch(IndexLine::isField)) {
            return Optional.empty();
        }
        return Optional.of(new IndexLine(
                fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4), fields.get(5)));
    }

    /** The line as it is written, without its end. */
    String text() {
        return String.join(SEPARATOR, distribution, release, architecture, variant, build, path);
    }

    private static Stream<String> fields(String... fields) {
        return Arrays.stream(fields);
    }

    private static boolean isField(String text) {
        return !text.isBlank() && !text.contains(SEPARATOR) && text.chars().noneMatch(Character::isISOControl);
    }
}
