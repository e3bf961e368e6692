package dev.berth.testkit.upstream;

import java.util.Map;

/**
 * What a path has to offer.
 *
 * @param bytes the body
 * @param etag quoted entity tag, or empty for none
 * @param headers sent with it, on HEAD as well
 */
public record Content(byte[] bytes, String etag, Map<String, String> headers) {
    public Content {
        headers = Map.copyOf(headers);
    }
}
