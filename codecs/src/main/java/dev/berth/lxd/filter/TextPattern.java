package dev.berth.lxd.filter;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Compares texts as LXD does: a case-insensitive regular expression over the whole text, unless the expression anchors
 * itself; what is no expression is compared as it stands, without regard to case.
 */
final class TextPattern {
    private static final int MAX_PATTERN = 256;
    private static final int MAX_TEXT = 4_096;

    private TextPattern() {}

    /** A test for texts; may throw {@link InvalidFilter} when {@code budget} is used up. */
    static Predicate<String> of(String value, StepBudget budget) {
        return program(value)
                .<Predicate<String>>map(program -> text -> matches(program, value, text, budget))
                .orElse(value::equalsIgnoreCase);
    }

    private static Optional<ExpressionProgram> program(String value) {
        if (value.length() > MAX_PATTERN) {
            return Optional.empty();
        }
        return ExpressionReader.read(anchored(value)).flatMap(ExpressionProgram::of);
    }

    private static boolean matches(ExpressionProgram program, String value, String text, StepBudget budget) {
        return text.length() > MAX_TEXT ? value.equalsIgnoreCase(text) : program.isFoundIn(text, budget);
    }

    private static String anchored(String value) {
        boolean anchorsItself = value.indexOf('^') >= 0 || value.indexOf('$') >= 0;
        return anchorsItself ? value : "^(?:" + value + ")$";
    }
}
