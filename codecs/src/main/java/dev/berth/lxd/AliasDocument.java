package dev.berth.lxd;

import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import java.util.LinkedHashMap;
import java.util.Map;

/** An alias as clients read it (rest-api 3.10). */
public final class AliasDocument {
    private AliasDocument() {}

    /**
     * @param target the image it names
     * @param type that image's type; clients that want another one must notice
     */
    public static byte[] json(Alias alias, Fingerprint target, ImageType type) {
        Map<String, String> document = new LinkedHashMap<>();
        document.put("name", alias.name());
        document.put("description", alias.description());
        document.put("target", target.hex());
        document.put("type", type.wireName());
        return LxdJson.bytes(document);
    }

    /** The tag of the document {@code json}. */
    public static String etag(byte[] json) {
        return EntityTag.of(json);
    }
}
