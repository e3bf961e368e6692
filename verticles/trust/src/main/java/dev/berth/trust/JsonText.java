package dev.berth.trust;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.berth.lxd.LxdJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Small maps as text in a column. */
final class JsonText {
    private static final TypeReference<Map<String, Object>> ANYTHING = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Map<String, String>>> TEXTS_BY_NAME = new TypeReference<>() {};

    private JsonText() {}

    static String write(Map<String, ?> map) {
        return new String(LxdJson.bytes(map), StandardCharsets.UTF_8);
    }

    static Map<String, Object> anything(String text) {
        return LxdJson.MAPPER.convertValue(LxdJson.read(text.getBytes(StandardCharsets.UTF_8)), ANYTHING);
    }

    static Map<String, String> texts(String text) {
        return LxdJson.MAPPER.convertValue(LxdJson.read(text.getBytes(StandardCharsets.UTF_8)), TEXTS);
    }

    static Map<String, Map<String, String>> textsByName(String text) {
        return LxdJson.MAPPER.convertValue(LxdJson.read(text.getBytes(StandardCharsets.UTF_8)), TEXTS_BY_NAME);
    }
}
