package dev.berth.lxd.filter;

import dev.berth.lxd.filter.Expression.Either;
import dev.berth.lxd.filter.Expression.One;
import dev.berth.lxd.filter.Expression.Place;
import dev.berth.lxd.filter.Expression.Repeated;
import dev.berth.lxd.filter.Expression.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the part of the RE2 syntax that people use: literals, {@code . [] () | * + ? {n,m} ^ $ \d \w \s \b} and their
 * opposites. Look-around and back references do not exist there either, which is what makes matching cheap.
 */
final class ExpressionReader {
    private static final int MOST_REPETITIONS = 1_000;

    private final String text;
    private int at;

    private ExpressionReader(String text) {
        this.text = text;
    }

    /** Empty when {@code text} is not an expression of this syntax. */
    static Optional<Expression> read(String text) {
        try {
            ExpressionReader reader = new ExpressionReader(text);
            Expression expression = reader.either();
            return reader.at == text.length() ? Optional.of(expression) : Optional.empty();
        } catch (NotAnExpression e) {
            return Optional.empty();
        }
    }

    private Expression either() {
        List<Expression> choices = new ArrayList<>();
        choices.add(sequence());
        while (skip("|")) {
            choices.add(sequence());
        }
        return choices.size() == 1 ? choices.get(0) : new Either(List.copyOf(choices));
    }

    private Expression sequence() {
        List<Expression> parts = new ArrayList<>();
        while (at < text.length() && peek() != '|' && peek() != ')') {
            parts.add(repeated(single()));
        }
        return new Sequence(List.copyOf(parts));
    }

    private Expression repeated(Expression part) {
        if (skip("*")) {
            return greedOrNot(new Repeated(part, 0, Expression.UNLIMITED));
        }
        if (skip("+")) {
            return greedOrNot(new Repeated(part, 1, Expression.UNLIMITED));
        }
        if (skip("?")) {
            return greedOrNot(new Repeated(part, 0, 1));
        }
        return at < text.length() && peek() == '{' ? counted(part) : part;
    }

    /** Greed decides what is captured, and nothing is captured here. Repetitions of repetitions are not legal. */
    private Expression greedOrNot(Expression repeated) {
        skip("?");
        if (at < text.length() && "*+?".indexOf(peek()) >= 0) {
            throw NotAnExpression.IT_IS_NOT;
        }
        return repeated;
    }

    private Expression counted(Expression part) {
        int start = at++;
        int least = number();
        int most = skip(",") ? number() : least;
        boolean unlimited = most < 0 && at > 0 && text.charAt(at - 1) == ',';
        if (least < 0 || !skip("}")) {
            at = start;
            return part;
        }
        if (Math.max(least, most) > MOST_REPETITIONS || !unlimited && most < least) {
            throw NotAnExpression.IT_IS_NOT;
        }
        return greedOrNot(new Repeated(part, least, unlimited ? Expression.UNLIMITED : most));
    }

    /** The digits here as a number, at most one beyond the limit; -1 when there are none. */
    private int number() {
        int value = -1;
        while (at < text.length() && CharacterTest.DIGIT.takes(peek())) {
            value = Math.min(MOST_REPETITIONS + 1, Math.max(value, 0) * 10 + (text.charAt(at++) - '0'));
        }
        return value;
    }

    private Expression single() {
        char c = text.charAt(at++);
        return switch (c) {
            case '^' -> Place.BEGIN;
            case '$' -> Place.END;
            case '.' -> new One(CharacterTest.NOT_NEWLINE);
            case '(' -> group();
            case '[' -> new One(new ClassReader().read());
            case '\\' -> escaped();
            case '*', '+', '?' -> throw NotAnExpression.IT_IS_NOT;
            case '{' -> brace();
            default -> new One(CharacterTest.literal(c));
        };
    }

    /** A count without anything to repeat is a mistake; any other brace stands for itself. */
    private Expression brace() {
        at--;
        Expression itself = new One(CharacterTest.literal('{'));
        if (counted(itself) != itself) {
            throw NotAnExpression.IT_IS_NOT;
        }
        at++;
        return itself;
    }

    private Expression group() {
        if (!skip("?:") && at < text.length() && peek() == '?') {
            throw NotAnExpression.IT_IS_NOT;
        }
        Expression inner = either();
        if (!skip(")")) {
            throw NotAnExpression.IT_IS_NOT;
        }
        return inner;
    }

    private Expression escaped() {
        if (skip("b")) {
            return Place.WORD_EDGE;
        }
        if (skip("B")) {
            return Place.NO_WORD_EDGE;
        }
        if (skip("A")) {
            return Place.BEGIN;
        }
        return skip("z") ? Place.END : new One(escapedCharacter());
    }

    private CharacterTest escapedCharacter() {
        char c = take();
        return switch (c) {
            case 'd' -> CharacterTest.DIGIT;
            case 'D' -> CharacterTest.DIGIT.negated();
            case 'w' -> CharacterTest.WORD;
            case 'W' -> CharacterTest.WORD.negated();
            case 's' -> CharacterTest.BLANK;
            case 'S' -> CharacterTest.BLANK.negated();
            case 't' -> CharacterTest.literal('\t');
            case 'n' -> CharacterTest.literal('\n');
            default -> punctuation(c);
        };
    }

    private static CharacterTest punctuation(char c) {
        if (Character.isLetterOrDigit(c)) {
            throw NotAnExpression.IT_IS_NOT;
        }
        return CharacterTest.literal(c);
    }

    private char peek() {
        return text.charAt(at);
    }

    private char take() {
        if (at == text.length()) {
            throw NotAnExpression.IT_IS_NOT;
        }
        return text.charAt(at++);
    }

    private boolean skip(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    /** Reads {@code [a-z0-9_]}, of which the bracket is taken already. */
    private final class ClassReader {
        private final List<CharacterTest> tests = new ArrayList<>();

        CharacterTest read() {
            boolean negated = skip("^");
            do {
                tests.add(member());
            } while (!skip("]"));
            CharacterTest any = CharacterTest.any(tests);
            return negated ? any.negated() : any;
        }

        private CharacterTest member() {
            char first = take();
            if (first == '[' && at < text.length() && peek() == ':') {
                throw NotAnExpression.IT_IS_NOT;
            }
            if (first == '\\') {
                return escapedCharacter();
            }
            boolean isRange = at + 1 < text.length() && peek() == '-' && text.charAt(at + 1) != ']';
            return isRange ? range(first) : CharacterTest.literal(first);
        }

        private CharacterTest range(char first) {
            at++;
            char last = take();
            if (last < first) {
                throw NotAnExpression.IT_IS_NOT;
            }
            return CharacterTest.range(first, last);
        }
    }

    /** Ends the reading; carries nothing. */
    private static final class NotAnExpression extends RuntimeException {
        static final NotAnExpression IT_IS_NOT = new NotAnExpression();

        private NotAnExpression() {
            super("not an expression", null, false, false);
        }
    }
}
