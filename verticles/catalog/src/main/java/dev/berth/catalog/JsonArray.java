package dev.berth.catalog;

import dev.berth.lxd.LxdJson;
import java.io.ByteArrayOutputStream;

/** A JSON array that grows from finished parts. */
final class JsonArray {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    JsonArray() {
        bytes.write('[');
    }

    void add(byte[] json) {
        if (bytes.size() > 1) {
            bytes.write(',');
        }
        bytes.writeBytes(json);
    }

    void addText(String text) {
        add(LxdJson.bytes(text));
    }

    /** The whole array; nothing can be added any more. */
    byte[] bytes() {
        bytes.write(']');
        return bytes.toByteArray();
    }
}
