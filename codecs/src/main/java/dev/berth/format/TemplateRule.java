package dev.berth.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One rule of {@code templates:} in {@code metadata.yaml} (formats 1.4, 2.1). Berth keeps rules; it never renders them.
 *
 * @param when trigger words; unknown ones are legal and never fire
 * @param template file name under {@code templates/}, or empty
 * @param createOnly leave an existing target alone
 * @param properties texts the template may use
 * @param uid Incus only: owner as decimal text, or empty
 * @param gid Incus only: group as decimal text, or empty
 * @param mode Incus only: mode as octal text, or empty
 */
public record TemplateRule(
        List<String> when,
        String template,
        boolean createOnly,
        Map<String, String> properties,
        String uid,
        String gid,
        String mode) {

    /** What a null rule means: legal, and without effect. */
    public static final TemplateRule EMPTY = new TemplateRule(List.of(), "", false, Map.of(), "", "", "");

    public TemplateRule {
        when = List.copyOf(when);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
