package dev.berth.format;

import dev.berth.image.Architecture;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The meaning of a {@code metadata.yaml} (formats 1.4).
 *
 * @param architecture canonical, whatever alias the file used
 * @param createdAt {@code creation_date}, whole seconds
 * @param expiresAt {@code expiry_date}, or the epoch for "never"
 * @param properties texts exactly as written in the file ({@code 3.10} stays {@code 3.10}), in its order
 * @param templates rules by target path, in the file's order
 */
public record Metadata(
        Architecture architecture,
        Instant createdAt,
        Instant expiresAt,
        Map<String, String> properties,
        Map<String, TemplateRule> templates) {

    public Metadata {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        templates = Collections.unmodifiableMap(new LinkedHashMap<>(templates));
    }
}
