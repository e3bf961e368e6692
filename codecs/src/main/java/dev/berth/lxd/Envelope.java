package dev.berth.lxd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The three envelopes around every answer (rest-api 5.1, 4.1). All end in a newline, as LXD's do. */
public final class Envelope {
    private static final byte[] SYNC = ascii(
            "{\"type\":\"sync\",\"status\":\"Success\",\"status_code\":200,\"operation\":\"\",\"error_code\":0,\"error\":\"\",\"metadata\":");
    private static final byte[] END = ascii("}\n");
    private static final byte[] EMPTY = ascii("{}");

    private Envelope() {}

    /** A result that is there now. */
    public static byte[] sync(byte[] metadata) {
        return joined(SYNC, metadata, END);
    }

    /** A write without a result: {@code metadata} is an empty object. */
    public static byte[] sync() {
        return sync(EMPTY);
    }

    /**
     * Long work under way, for HTTP 202.
     *
     * @param operationId its UUID
     * @param operation its whole document
     */
    public static byte[] async(String operationId, byte[] operation) {
        byte[] start = ascii(
                "{\"type\":\"async\",\"status\":\"Operation created\",\"status_code\":100,\"operation\":\"/1.0/operations/"
                        + operationId
                        + "\",\"error_code\":0,\"error\":\"\",\"metadata\":");
        return joined(start, operation, END);
    }

    /** A refusal; {@code code} is also the HTTP status. */
    public static byte[] error(int code, String text) {
        byte[] quoted = LxdJson.bytes(text);
        byte[] start = ascii(
                "{\"type\":\"error\",\"status\":\"\",\"status_code\":0,\"operation\":\"\",\"error_code\":" + code + ",\"error\":");
        return joined(start, quoted, ascii(",\"metadata\":null}\n"));
    }

    /** The value of an answer that is made of maps and lists. */
    public static byte[] sync(Map<String, ?> metadata) {
        return sync(LxdJson.bytes(metadata));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
