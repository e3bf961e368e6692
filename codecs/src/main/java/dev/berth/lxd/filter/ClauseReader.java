package dev.berth.lxd.filter;

import java.util.ArrayList;
import java.util.List;

/** Reads clauses word by word. Its complaints are LXD's. */
final class ClauseReader {
    private static final int MAX_CLAUSES = 64;
    private static final char QUOTE = '"';

    private final String[] words;
    private int next;

    private ClauseReader(String[] words) {
        this.words = words;
    }

    static List<Clause> read(String filter) {
        String text = filter.strip();
        return text.isEmpty() ? List.of() : new ClauseReader(text.split("\\s+")).clauses();
    }

    private List<Clause> clauses() {
        List<Clause> clauses = new ArrayList<>();
        clauses.add(clause(false));
        while (next < words.length) {
            if (clauses.size() == MAX_CLAUSES) {
                throw new InvalidFilter("Invalid filter: expected at most " + MAX_CLAUSES + " clauses, got more");
            }
            boolean or = isOr(words[next++]);
            require("unterminated compound clause");
            clauses.add(clause(or));
        }
        return clauses;
    }

    private Clause clause(boolean or) {
        boolean not = words[next].equalsIgnoreCase("not");
        if (not) {
            next++;
            require("incomplete not clause");
        }
        String field = words[next++];
        require("clause has no operator");
        boolean equal = isEqual(words[next++], field);
        require("clause has no value");
        return new Clause(or, not, field, equal, value());
    }

    private String value() {
        String first = words[next++];
        if (first.charAt(0) != QUOTE) {
            return first;
        }
        StringBuilder phrase = new StringBuilder(first.substring(1));
        while (!isClosed(phrase)) {
            require("unterminated quote");
            phrase.append(' ').append(words[next++]);
        }
        phrase.setLength(phrase.length() - 1);
        return phrase.toString();
    }

    private static boolean isClosed(StringBuilder phrase) {
        return phrase.length() > 0 && phrase.charAt(phrase.length() - 1) == QUOTE;
    }

    private static boolean isOr(String word) {
        if (word.equals("or")) {
            return true;
        }
        if (word.equals("and")) {
            return false;
        }
        throw new InvalidFilter("Invalid filter: invalid clause composition");
    }

    private static boolean isEqual(String operator, String field) {
        if (operator.equals("eq")) {
            return true;
        }
        if (operator.equals("ne")) {
            return false;
        }
        throw new InvalidFilter("Invalid filter: expected eq or ne after \"" + field + "\", got \"" + operator + "\"");
    }

    private void require(String complaint) {
        if (next == words.length) {
            throw new InvalidFilter("Invalid filter: " + complaint);
        }
    }
}
