package dev.berth.format;

import dev.berth.image.Architecture;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a {@code metadata.yaml} as LXD does (formats 1.4): scalars keep their source text, numbers and booleans are
 * those of YAML 1.1 as Go reads it, the last of equal keys wins, only the first document counts, unknown keys are
 * ignored. JSON is YAML.
 */
public final class MetadataYaml {
    /** Texts of time need four-digit years, or clients cannot read them. */
    private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private MetadataYaml() {}

    /**
     * @param yaml the file's bytes, at most {@code limits.metadataBytes()}
     * @throws FormatException with LXD's text, or with the shape of its YAML reader's texts
     */
    public static Metadata parse(byte[] yaml, InspectLimits limits) throws FormatException {
        if (yaml.length > limits.metadataBytes()) {
            throw tooLarge(yaml.length, limits);
        }
        YamlFields fields = YamlDocument.first(yaml, limits).fields("api.ImageMetadata");
        Map<String, String> properties = fields.texts("properties");
        Map<String, TemplateRule> templates = templates(fields);
        Instant expiresAt = instant("expiry_date", fields.wholeNumber("expiry_date"));
        long created = fields.wholeNumber("creation_date");
        Architecture architecture = architecture(fields.text("architecture"));
        if (created == 0) {
            throw new FormatException("Missing creation date");
        }
        return new Metadata(architecture, instant("creation_date", created), expiresAt, properties, templates);
    }

    static FormatException tooLarge(long bytes, InspectLimits limits) {
        return new FormatException("yaml: input error: metadata.yaml has " + bytes + " bytes, at most "
                + limits.metadataBytes() + " are read");
    }

    private static Architecture architecture(String name) throws FormatException {
        return Architecture.find(name)
                .orElseThrow(() -> new FormatException("Architecture isn't supported: " + Shown.of(name)));
    }

    private static Instant instant(String key, long seconds) throws FormatException {
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            throw new FormatException(key + " must lie in the years 0 to 9999, got " + seconds + " seconds");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static Map<String, TemplateRule> templates(YamlFields fields) throws FormatException {
        Map<String, TemplateRule> templates = new LinkedHashMap<>();
        for (Map.Entry<String, Node> rule : fields.nodes("templates").entrySet()) {
            templates.put(rule.getKey(), rule(rule.getKey(), fields.inner(rule.getValue())));
        }
        return templates;
    }

    private static TemplateRule rule(String target, YamlFields fields) throws FormatException {
        return new TemplateRule(
                fields.textList("when"),
                templateName(target, fields.text("template")),
                fields.truth("create_only"),
                fields.texts("properties"),
                fields.text("uid"),
                fields.text("gid"),
                fields.text("mode"));
    }

    /** A template is a file below {@code templates/}; LXD finds out when an instance starts, we say so at once. */
    private static String templateName(String target, String name) throws FormatException {
        boolean leaves = name.startsWith("/") || name.indexOf('\0') >= 0 || ("/" + name + "/").contains("/../");
        if (leaves) {
            throw new FormatException("template rule \"" + Shown.of(target)
                    + "\": template must name a file below templates/, got \"" + Shown.of(name) + "\"");
        }
        return name;
    }
}
