package dev.berth.app.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.RunningBerth;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.RealTool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests by {@code curl}, to see exactly what comes back. */
final class Curl {
    private static final long SECONDS = 60;

    private final Tool tool;
    private final String origin;

    private Curl(String origin, String... options) {
        List<String> program = new ArrayList<>(List.of(RealTool.named("curl").program().toString(), "-sS", "-w", "\n%{http_code}"));
        program.addAll(List.of(options));
        this.tool = new Tool(program, Map.of(), SECONDS);
        this.origin = origin;
    }

    /** Somebody without a certificate, on the HTTPS port. */
    static Curl stranger(RunningBerth berth) {
        return new Curl(berth.https().toString(), "--cacert", berth.data().resolve("keys/server.crt").toString());
    }

    /** Somebody with full trust, on the unix socket. */
    static Curl owner(RunningBerth berth) {
        return new Curl("http://berth", "--unix-socket", berth.unixSocket().toString());
    }

    /** Somebody at this address, in the open or not. */
    static Curl open(String origin) {
        return new Curl(origin);
    }

    Answer get(String path, String... options) {
        return send("GET", path, options);
    }

    Answer send(String method, String path, String... options) {
        List<String> words = new ArrayList<>(List.of("-X", method, origin + path));
        words.addAll(List.of(options));
        String out = tool.run(new byte[0], words).good();
        int end = out.lastIndexOf('\n');
        return new Answer(Integer.parseInt(out.substring(end + 1)), out.substring(0, end));
    }

    /**
     * What came back.
     *
     * @param status of HTTP
     * @param body as text
     */
    record Answer(int status, String body) {
        /** The metadata of the envelope. */
        JsonNode metadata() {
            return envelope().path("metadata");
        }

        /** The text of an error. */
        String error() {
            return envelope().path("error").asText();
        }

        private JsonNode envelope() {
            return LxdJson.read(body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
