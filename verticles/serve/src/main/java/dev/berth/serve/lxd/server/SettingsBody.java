package dev.berth.serve.lxd.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings in a body of {@code PUT} or {@code PATCH /1.0}: all values are texts; null unsets. Clients that read a
 * secret setting as {@code true} send it back like that: then it is as if they had not named it (rest-api 7; 8, 222).
 */
final class SettingsBody {
    private SettingsBody() {}

    /** Keys and texts, in the order of the body. Throws {@link RefusedException}. */
    static Map<String, String> read(JsonFields body) {
        JsonFields config = body.object("config");
        Map<String, String> values = new LinkedHashMap<>();
        if (config != null) {
            body.raw("config").properties().forEach(entry -> put(entry.getKey(), entry.getValue(), values));
        }
        return values;
    }

    private static void put(String key, JsonNode value, Map<String, String> values) {
        if (isEchoedSecret(key, value)) {
            return;
        }
        if (!value.isTextual() && !value.isNull()) {
            throw new RefusedException(
                    Refused.invalid("cannot set '" + key + "': invalid type " + goTypeOf(value)));
        }
        values.put(key, value.isNull() ? "" : value.textValue());
    }

    private static boolean isEchoedSecret(String key, JsonNode value) {
        return key.equals("core.trust_password") && value.isBoolean() && value.booleanValue();
    }

    /** LXD names the type that its own reader saw. */
    private static String goTypeOf(JsonNode value) {
        if (value.isBoolean()) {
            return "bool";
        }
        if (value.isNumber()) {
            return "float64";
        }
        return value.isArray() ? "[]interface {}" : "map[string]interface {}";
    }
}
