package dev.berth.simplestreams;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;

/**
 * What an index or a products file says about itself (formats 3.2 and 3.3).
 *
 * @param format such as {@code index:1.0}, or empty
 * @param contentId of a products file, or empty
 */
public record StreamHead(String format, String contentId) {

    /**
     * Reads all of the document: the head may stand at its end.
     *
     * @param in the document; not closed
     * @throws StreamFormatException when it is not a JSON object or breaks a limit
     * @throws IOException what {@code in} throws
     */
    public static StreamHead read(InputStream in, ReadLimits limits) throws IOException {
        Top[] top = new Top[1];
        JsonDocument.read(in, limits, json -> top[0] = new Top(json));
        return new StreamHead(top[0].format, top[0].contentId);
    }

    private static final class Top extends ObjectPart {
        private String format = "";
        private String contentId = "";

        Top(JsonParser json) {
            super(json);
        }

        @Override
        protected void field(String name) throws IOException {
            switch (name) {
                case "format" -> format = text();
                case "content_id" -> contentId = text();
                default -> { }
            }
        }
    }
}
