package dev.berth.serve.lxd.server;

import dev.berth.image.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What clients print about the program and the machine it runs on; nothing depends on it (rest-api 1.2). */
final class Machine {
    private static final String VERSION_FILE = "version";

    private Machine() {}

    static Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("architectures", List.of(architecture()));
        facts.put("kernel", System.getProperty("os.name"));
        facts.put("kernel_architecture", architecture());
        facts.put("kernel_version", System.getProperty("os.version"));
        facts.put("server_pid", ProcessHandle.current().pid());
        facts.put("server_version", version());
        return facts;
    }

    /** A number with dots: some tools sort server versions. */
    static String version() {
        try (InputStream file = Machine.class.getResourceAsStream(VERSION_FILE)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.split("-")[0];
        } catch (IOException e) {
            throw new IllegalStateException("the program's version file is not readable", e);
        }
    }

    private static String architecture() {
        String java = System.getProperty("os.arch");
        return Architecture.find(java).map(Architecture::canonical).orElse(java);
    }
}
