package dev.berth.mirror;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A way in which clients see the images of an upstream. */
public enum Exposure {
    /** As a simplestreams server, {@code /mirror/NAME/streams/v1/…}. */
    STREAMS,
    /** As a server of the LXC download template, {@code /mirror/NAME/meta/1.0/…}. */
    LXC,
    /** In the REST interface, as {@code berth:NAME/ALIAS}. */
    REST;

    /** Reads {@code expose}. Refused: {@link IllegalArgumentException} that names the word. */
    static Set<Exposure> of(List<String> words) {
        Set<Exposure> all = EnumSet.noneOf(Exposure.class);
        words.forEach(word -> all.add(of(word)));
        return all;
    }

    private static Exposure of(String word) {
        return Arrays.stream(values())
                .filter(value -> value.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected some of " + words() + ", got \"" + word + "\""));
    }

    /** As it is written in the settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String words() {
        return Arrays.stream(values()).map(Exposure::word).collect(Collectors.joining(", "));
    }
}
