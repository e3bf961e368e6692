package dev.berth.format.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Extended headers as bytes. Texts are ISO 8859-1: one byte in each character. */
final class PaxWriting {
    private PaxWriting() {}

    /** The records in order of their keys, {@code "<length> <key>=<value>\n"} each, where the length counts itself. */
    static byte[] records(Map<String, String> values) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        new TreeMap<>(values).forEach((key, value) -> {
            String rest = " " + key + "=" + value + "\n";
            records.writeBytes((length(rest.length()) + rest).getBytes(StandardCharsets.ISO_8859_1));
        });
        return records.toByteArray();
    }

    private static int length(int rest) {
        int length = rest + digits(rest);
        return rest + digits(length);
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }
}
