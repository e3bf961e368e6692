package dev.berth.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The few requests that a measurement needs, over the unix socket: the same for every peer. */
final class LxdApi {
    private final Peer peer;

    LxdApi(Peer peer) {
        this.peer = peer;
    }

    /** Imports a file as a public image and waits until it is there. Returns its fingerprint. */
    String importPublic(Path file) {
        return finished(field(upload(file), "metadata", "id"));
    }

    private String upload(Path file) {
        return exchange(client -> client.post("/1.0/images", file, "X-LXD-public: 1\r\n"));
    }

    /** For what is timed: starting curl would take as long as a small request. */
    private String exchange(Question question) {
        try (UnixHttp client = new UnixHttp(peer.socket())) {
            question.ask(client);
            return client.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(peer.name() + " was asked in vain", e);
        }
    }

    /** What is sent on a connection of its own. */
    private interface Question {
        void ask(UnixHttp client) throws IOException;
    }

    /** Begins to copy an image of a simplestreams server. Returns the operation. */
    String pull(String server, String alias) {
        String body = """
                {"source":{"type":"image","mode":"pull","protocol":"simplestreams","server":"%s","alias":"%s"}}"""
                .formatted(server, alias);
        return field(
                curl("-X", "POST", "-H", "Content-Type: application/json", "-d", body, "http://lxd/1.0/images"),
                "metadata", "id");
    }

    /** What a launch needs: has Berth fetch an image for its cache. */
    void resolve(String protocol, String server, String alias) {
        String body = """
                {"alias":"%s","source":{"protocol":"%s","server":"%s"}}""".formatted(alias, protocol, server);
        curl("-f", "-d", body, "http://lxd/berth/v1/resolve");
    }

    /** Waits for the end of an operation that brings an image. Returns its fingerprint. */
    String finished(String operation) {
        String done = exchange(client -> client.get("/1.0/operations/" + operation + "/wait"));
        String error = field(done, "metadata", "err");
        if (!error.isEmpty()) {
            throw new IllegalStateException(peer.name() + " did not take an image: " + error);
        }
        return field(done, "metadata", "metadata", "fingerprint");
    }

    /** The metadata of a synchronous answer. */
    JsonNode get(String path) {
        return LxdJson.read(curl("http://lxd" + path).getBytes(StandardCharsets.UTF_8)).path("metadata");
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
