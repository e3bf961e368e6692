package dev.berth.serve.lxd.server;

import dev.berth.contract.TrustContract.Project;
import dev.berth.serve.lxd.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a project becomes by {@code PUT} (replaced) or {@code PATCH} (laid over). An empty value unsets its key. */
final class ProjectEdit {
    private ProjectEdit() {}

    static Project of(Project present, JsonFields body, boolean replace) {
        Map<String, String> config = new LinkedHashMap<>(replace ? Map.of() : present.config());
        if (body.has("config")) {
            config.putAll(body.textMap("config"));
        }
        config.values().removeIf(String::isEmpty);
        String description = replace || body.has("description") ? body.textOrEmpty("description") : present.description();
        return new Project(present.name(), description, config);
    }
}
