package dev.berth.serve.lxd.server;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a profile becomes by {@code POST}, {@code PUT} (replaced) or {@code PATCH} (laid over). */
final class ProfileEdit {
    private ProfileEdit() {}

    static Profile created(String project, JsonFields body) {
        return of(new Profile(project, name(body), "", Map.of(), Map.of()), body, true);
    }

    static Profile renamed(Profile present, String name) {
        return new Profile(present.project(), name, present.description(), present.config(), present.devices());
    }

    static Profile of(Profile present, JsonFields body, boolean replace) {
        Map<String, String> config = new LinkedHashMap<>(replace ? Map.of() : present.config());
        Map<String, Map<String, String>> devices = new LinkedHashMap<>(replace ? Map.of() : present.devices());
        if (body.has("config")) {
            config.putAll(body.textMap("config"));
        }
        if (body.has("devices")) {
            devices.putAll(devices(body.object("devices"), body));
        }
        config.values().removeIf(String::isEmpty);
        String description = replace || body.has("description") ? body.textOrEmpty("description") : present.description();
        return new Profile(present.project(), present.name(), description, config, devices);
    }

    /** The name in a body. Throws {@link RefusedException} when it cannot be one. */
    static String name(JsonFields body) {
        String name = body.textOrEmpty("name");
        if (name.isEmpty()) {
            throw invalid("No name provided");
        }
        if (name.contains("/") || name.equals(".") || name.equals("..")) {
            throw invalid("Profile names may not contain slashes nor be dots, got \"" + name + "\"");
        }
        return name;
    }

    private static Map<String, Map<String, String>> devices(JsonFields devices, JsonFields body) {
        Map<String, Map<String, String>> read = new LinkedHashMap<>();
        body.raw("devices").fieldNames().forEachRemaining(name -> {
            Map<String, String> device = devices.textMap(name);
            read.put(name, device == null ? Map.of() : device);
        });
        return read;
    }

    private static RefusedException invalid(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
