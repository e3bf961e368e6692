package dev.berth.lxd.filter;

import java.util.List;

/** Which characters one step of an expression takes. Case never matters. */
@FunctionalInterface
interface CharacterTest {
    boolean takes(char c);

    CharacterTest DIGIT = c -> c >= '0' && c <= '9';
    CharacterTest WORD = c -> DIGIT.takes(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    CharacterTest BLANK = c -> c == ' ' || c >= '\t' && c <= '\r' && c != '\u000b';
    CharacterTest NOT_NEWLINE = c -> c != '\n';

    static CharacterTest literal(char wanted) {
        return range(wanted, wanted);
    }

    static CharacterTest range(char first, char last) {
        return c -> isIn(c, first, last)
                || isIn(Character.toLowerCase(c), first, last)
                || isIn(Character.toUpperCase(c), first, last);
    }

    static CharacterTest any(List<CharacterTest> tests) {
        List<CharacterTest> copy = List.copyOf(tests);
        return c -> copy.stream().anyMatch(test -> test.takes(c));
    }

    default CharacterTest negated() {
        return c -> !takes(c);
    }

    private static boolean isIn(char c, char first, char last) {
        return c >= first && c <= last;
    }
}
