package dev.berth.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds what is legal in a metadata.yaml but probably not meant, as sentences for a log or a person. */
final class Oddities {
    private static final Set<String> TRIGGERS = Set.of("create", "copy", "rename", "start");
    private static final int MOST = 20;

    private Oddities() {}

    static List<String> of(Metadata metadata) {
        List<String> found = new ArrayList<>();
        metadata.templates().forEach((target, rule) -> look(target, rule, found));
        return found.size() > MOST ? List.copyOf(found.subList(0, MOST)) : List.copyOf(found);
    }

    private static void look(String target, TemplateRule rule, List<String> found) {
        if (!target.startsWith("/")) {
            found.add("template target \"" + Shown.of(target) + "\" is not an absolute path");
        }
        if (rule.template().isEmpty()) {
            found.add("template rule \"" + Shown.of(target) + "\" names no template");
        }
        rule.when().stream()
                .filter(word -> !TRIGGERS.contains(word))
                .forEach(word -> found.add("template rule \"" + Shown.of(target) + "\": \"" + Shown.of(word) + "\" never fires"));
    }
}
