package dev.berth.lxcindex;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A whole index: lines that end in a line feed. Clients take the first line that fits (formats fact 133). */
public final class IndexFile {
    private IndexFile() {}

    public static byte[] write(List<IndexLine> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads an index; lines that are none are passed over, as clients do. */
    public static List<IndexLine> read(byte[] index) {
        return new String(index, StandardCharsets.UTF_8)
                .lines()
                .map(IndexLine::read)
                .flatMap(Optional::stream)
                .toList();
    }
}
