package dev.berth.serve.lxd.images;

import dev.berth.image.Alias;
import dev.berth.serve.lxd.Scope;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The right to upload into a project: the caller's own, or that of a token.
 *
 * @param scope the project
 * @param token what the token says about the image, or null without a token; it wins over headers (rest-api 3.6)
 */
record UploadPermit(Scope scope, Map<String, Object> token) {

    boolean isByToken() {
        return token != null;
    }

    boolean visible(boolean header) {
        return told("public") instanceof Boolean flag ? flag : header;
    }

    Map<String, String> properties(Map<String, String> header) {
        if (!(told("properties") instanceof Map<?, ?> told)) {
            return header;
        }
        Map<String, String> properties = new LinkedHashMap<>(header);
        told.forEach((key, value) -> properties.put(String.valueOf(key), value == null ? "" : String.valueOf(value)));
        return properties;
    }

    List<Alias> aliases(List<Alias> header) {
        if (!(told("aliases") instanceof List<?> told)) {
            return header;
        }
        List<Alias> aliases = new ArrayList<>();
        for (Object alias : told) {
            if (alias instanceof Map<?, ?> fields && fields.get("name") instanceof String name) {
                aliases.add(new Alias(name, fields.get("description") instanceof String text ? text : ""));
            }
        }
        return aliases;
    }

    Instant expiresAt() {
        return told("expires_at") instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
    }

    private Object told(String key) {
        return token == null ? null : token.get(key);
    }
}
