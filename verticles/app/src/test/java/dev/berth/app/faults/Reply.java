package dev.berth.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole answer.
 *
 * @param status of HTTP
 * @param headers by lower-case name
 * @param body without its transfer coding
 */
record Reply(int status, Map<String, String> headers, byte[] body) {

    /** Reads what came until the connection was closed. Fails with {@link EOFException} when that is not a whole answer. */
    static Reply parse(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new EOFException("the connection ended after " + bytes.length + " bytes, before an answer");
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).trim());
        }
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        String rest = text.substring(end + 4);
        if (status == 100) {
            return parse(rest.getBytes(StandardCharsets.ISO_8859_1));
        }
        return new Reply(status, headers, body(headers, rest).getBytes(StandardCharsets.ISO_8859_1));
    }

    JsonNode json() {
        return LxdJson.read(body);
    }

    JsonNode metadata() {
        return json().path("metadata");
    }

    /** The text of a refusal. */
    String error() {
        return json().path("error").asText();
    }

    @Override
    public String toString() {
        return status + " " + new String(body, 0, Math.min(body.length, 400), StandardCharsets.UTF_8);
    }

    private static String body(Map<String, String> headers, String rest) throws IOException {
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return joined(rest);
        }
        String length = headers.get("content-length");
        if (length != null && Integer.parseInt(length) != rest.length()) {
            throw new EOFException("expected a body of " + length + " bytes, got " + rest.length());
        }
        return rest;
    }

    private static String joined(String chunks) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int line = chunks.indexOf("\r\n", at);
            int length = line < 0 ? -1 : Integer.parseInt(chunks.substring(at, line), 16);
            int from = line + 2;
            if (length < 0 || from + length + 2 > chunks.length()) {
                throw new EOFException("the body ended within a chunk");
            }
            if (length == 0) {
                return all.toString(StandardCharsets.ISO_8859_1);
            }
            all.writeBytes(chunks.substring(from, from + length).getBytes(StandardCharsets.ISO_8859_1));
            at = from + length + 2;
        }
    }
}
