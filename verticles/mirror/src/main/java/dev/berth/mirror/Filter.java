package dev.berth.mirror;

import dev.berth.image.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which images of an upstream are listed: a list of tests {@code KEY=VALUE} (equal) or {@code KEY~GLOB} ({@code *} any
 * characters, {@code ?} one). Of the tests with the same key one must hold; every key that is named must have one that
 * holds. No tests: all images.
 *
 * <p>Keys: {@code os}, {@code release}, {@code variant}, {@code arch} (any name of an architecture; a
 * glob sees the one LXD uses, like {@code x86_64} or {@code aarch64}), {@code type}
 * ({@code container}, {@code virtual-machine}) and {@code serial}. {@code serial=newest} leaves the newest version of each
 * product, of what the other tests left. Case does not matter.
 */
public final class Filter {
    public static final Filter ALL = new Filter(List.of());

    private static final String NEWEST = "newest";

    private final List<String> texts;
    private final Map<Key, List<Pattern>> tests = new EnumMap<>(Key.class);
    private boolean newestOnly;

    /** What can be tested. */
    enum Key {
        OS,
        RELEASE,
        VARIANT,
        ARCH,
        TYPE,
        SERIAL;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Filter(List<String> texts) {
        this.texts = List.copyOf(texts);
        texts.forEach(this::add);
    }

    /** Reads {@code filter}. Refused: {@link IllegalArgumentException} that says what was expected. */
    public static Filter of(List<String> texts) {
        return texts.isEmpty() ? ALL : new Filter(texts);
    }

    /** Whether the facts pass, as far as one image alone can tell. */
    boolean passes(Map<Key, String> facts) {
        return tests.entrySet().stream()
                .allMatch(test -> holds(test.getValue(), facts.getOrDefault(test.getKey(), "")));
    }

    /** Whether only the newest version of each product is listed. */
    boolean isNewestOnly() {
        return newestOnly;
    }

    private static boolean holds(List<Pattern> any, String value) {
        return any.stream().anyMatch(pattern -> pattern.matcher(value).matches());
    }

    private void add(String text) {
        int at = operator(text);
        Key key = key(text.substring(0, Math.max(0, at)).strip(), text);
        String value = text.substring(at + 1).strip();
        if (key == Key.SERIAL && text.charAt(at) == '=' && value.equals(NEWEST)) {
            newestOnly = true;
            return;
        }
        Pattern pattern = text.charAt(at) == '~' ? glob(value) : exactly(key == Key.ARCH ? canonical(value) : value);
        tests.computeIfAbsent(key, first -> new ArrayList<>()).add(pattern);
    }

    private static int operator(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '=' || text.charAt(at) == '~') {
                return at;
            }
        }
        return -1;
    }

    private static Key key(String word, String text) {
        return Arrays.stream(Key.values())
                .filter(key -> key.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected tests KEY=VALUE or KEY~GLOB with a KEY out of " + words() + ", got \"" + text + "\""));
    }

    private static String words() {
        return Arrays.stream(Key.values()).map(Key::word).collect(Collectors.joining(", "));
    }

    private static String canonical(String architecture) {
        return Architecture.find(architecture).map(Architecture::canonical).orElse(architecture);
    }

    private static Pattern exactly(String value) {
        return Pattern.compile(Pattern.quote(value), Pattern.CASE_INSENSITIVE);
    }

    private static Pattern glob(String value) {
        String expression = value.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Filter filter && filter.texts.equals(texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return texts.toString();
    }
}
