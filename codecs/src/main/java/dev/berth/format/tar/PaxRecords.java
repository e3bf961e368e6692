package dev.berth.format.tar;

import dev.berth.format.FormatException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The records of a PAX extended header, {@code "<length> <key>=<value>\n"} each; of interest are path, size and sparse marks. */
final class PaxRecords {
    static final PaxRecords NONE = new PaxRecords(Map.of());
    private static final int LENGTH_DIGITS = 8;

    private final Map<String, String> values;

    private PaxRecords(Map<String, String> values) {
        this.values = values;
    }

    static PaxRecords parse(byte[] data) throws FormatException {
        return new PaxRecords(read(data, StandardCharsets.UTF_8));
    }

    /** The records as they stand; ISO 8859-1 keeps bytes that are no text. */
    static Map<String, String> read(byte[] data, Charset charset) throws FormatException {
        Map<String, String> values = new HashMap<>();
        int at = 0;
        while (at < data.length) {
            int space = indexOf(data, ' ', at, Math.min(data.length, at + LENGTH_DIGITS));
            int end = at + length(data, at, space);
            int equals = indexOf(data, '=', space + 1, end);
            if (end > data.length || end <= equals || data[end - 1] != '\n') {
                throw TarHeader.invalid();
            }
            values.put(text(data, space + 1, equals, charset), text(data, equals + 1, end - 1, charset));
            at = end;
        }
        return values;
    }

    /** The name these records give, or {@code name} when they give none. */
    String nameOr(String name) {
        String sparseName = values.getOrDefault("GNU.sparse.name", "");
        String path = sparseName.isEmpty() ? values.getOrDefault("path", "") : sparseName;
        return path.isEmpty() ? name : path;
    }

    /** The stored size these records give, or {@code size}. */
    long sizeOr(long size) throws FormatException {
        return size(values, size);
    }

    /** The stored size that records give, or {@code size}. */
    static long size(Map<String, String> values, long size) throws FormatException {
        String text = values.getOrDefault("size", "");
        if (text.isEmpty()) {
            return size;
        }
        try {
            long stated = Long.parseLong(text);
            if (stated >= 0) {
                return stated;
            }
        } catch (NumberFormatException e) {
            throw new FormatException("archive/tar: invalid tar header", e);
        }
        throw TarHeader.invalid();
    }

    boolean isSparse() {
        return values.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
    }

    private static int length(byte[] data, int from, int end) throws FormatException {
        int length = 0;
        for (int i = from; i < end; i++) {
            if (data[i] < '0' || data[i] > '9') {
                throw TarHeader.invalid();
            }
            length = length * 10 + data[i] - '0';
        }
        return length;
    }

    private static int indexOf(byte[] data, char wanted, int from, int end) throws FormatException {
        for (int i = from; i < Math.min(end, data.length); i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        throw TarHeader.invalid();
    }

    private static String text(byte[] data, int from, int end, Charset charset) {
        return new String(data, from, end - from, charset);
    }
}
