package dev.berth.serve.lxd;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** An answer as a client hears it. */
public record Heard(int status, HttpHeaders headers, byte[] body) {
    static Heard of(HttpResponse<byte[]> response) {
        return new Heard(response.statusCode(), response.headers(), response.body());
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return LxdJson.read(body);
    }

    /** What is in the envelope. */
    public JsonNode metadata() {
        return json().get("metadata");
    }

    /** The text of a refusal. */
    public String error() {
        return json().get("error").asText();
    }

    /** A header, or an empty text. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
