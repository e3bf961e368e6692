package dev.berth.testkit.upstream;

import java.util.Map;
import java.util.TreeMap;

/**
 * One request that a fake upstream saw.
 *
 * @param method for example {@code GET}
 * @param path decoded nothing: as it stood on the wire, without the query
 * @param query as it stood on the wire, or empty
 * @param headers names in any case; the last value of each
 * @param client SHA-256 of the certificate that the client presented, hex, or empty
 */
public record Asked(String method, String path, String query, Map<String, String> headers, String client) {
    public Asked {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }
}
