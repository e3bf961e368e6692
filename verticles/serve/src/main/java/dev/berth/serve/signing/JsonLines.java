package dev.berth.serve.signing;

import java.io.ByteArrayOutputStream;

/**
 * JSON in lines that OpenPGP programs can read: they cut lines of 20,000 bytes and more. Line feeds are added after commas
 * between values, so that the document says the same.
 */
final class JsonLines {
    private static final int LONG_ENOUGH = 500;

    private JsonLines() {}

    /** @param json well-formed, in UTF-8 */
    static byte[] of(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + json.length / LONG_ENOUGH + 1);
        boolean inText = false;
        int start = 0;
        for (int at = 0; at < json.length; at++) {
            byte one = json[at];
            if (one == '\\') {
                at++;
            } else if (one == '"') {
                inText = !inText;
            } else if (one == ',' && !inText && at - start >= LONG_ENOUGH) {
                out.write(json, start, at + 1 - start);
                out.write('\n');
                start = at + 1;
            }
        }
        out.write(json, start, json.length - start);
        return out.toByteArray();
    }
}
