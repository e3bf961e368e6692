package dev.berth.load;

import dev.berth.lxd.LxdJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The few requests that prepare a measurement, by curl over the unix socket: the same for every peer. */
final class LxdApi {
    private final Peer peer;

    LxdApi(Peer peer) {
        this.peer = peer;
    }

    /** Imports a file as a public image and waits until it is there. Returns its fingerprint. */
    String importPublic(Path file) {
        String operation = field(
                curl("-X", "POST", "-H", "X-LXD-public: 1", "-H", "Content-Type: application/octet-stream",
                        "-T", file.toString(), "http://lxd/1.0/images"),
                "metadata", "id");
        String done = curl("http://lxd/1.0/operations/" + operation + "/wait");
        String error = field(done, "metadata", "err");
        if (!error.isEmpty()) {
            throw new IllegalStateException(peer.name() + " did not import " + file + ": " + error);
        }
        return field(done, "metadata", "metadata", "fingerprint");
    }

    void alias(String name, String fingerprint) {
        String body = "{\"name\":\"" + name + "\",\"target\":\"" + fingerprint + "\"}";
        curl("-X", "POST", "-H", "Content-Type: application/json", "-d", body, "http://lxd/1.0/images/aliases");
    }

    void delete(String fingerprint) {
        String operation = field(curl("-X", "DELETE", "http://lxd/1.0/images/" + fingerprint), "metadata", "id");
        curl("http://lxd/1.0/operations/" + operation + "/wait");
    }

    private String curl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--unix-socket", peer.socket().toString()));
        command.addAll(List.of(arguments));
        return Shell.run(command).orFail().text();
    }

    private static String field(String json, String... path) {
        var node = LxdJson.read(json.getBytes(StandardCharsets.UTF_8));
        for (String name : path) {
            node = node.path(name);
        }
        return node.asText();
    }
}
