package dev.berth.testkit.disk;

import dev.berth.kit.disk.DiskEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A directory that knows, for each name, what it stood for when it was last forced and each time since. */
final class FakeDirectory implements FakeNode {
    /** Newest last; null means that the name is not there. */
    private final Map<String, List<FakeNode>> history = new TreeMap<>();

    FakeNode get(String name) {
        List<FakeNode> past = history.get(name);
        return past == null ? null : past.get(past.size() - 1);
    }

    void put(String name, FakeNode node) {
        history.computeIfAbsent(name, unknown -> absent()).add(node);
    }

    void putDurably(String name, FakeNode node) {
        List<FakeNode> only = new ArrayList<>();
        only.add(node);
        history.put(name, only);
    }

    void force() {
        history.values().forEach(past -> past.subList(0, past.size() - 1).clear());
    }

    /** What each name may stand for after a power cut; the first of each is what was forced. */
    Map<String, List<FakeNode>> possible() {
        return history;
    }

    void forEach(BiConsumer<String, FakeNode> visitor) {
        history.forEach((name, past) -> {
            if (get(name) != null) {
                visitor.accept(name, get(name));
            }
        });
    }

    /** Bytes of all files below. */
    long bytes() {
        long[] sum = new long[1];
        forEach((name, node) -> sum[0] += node instanceof FakeDirectory below ? below.bytes() : node.length());
        return sum[0];
    }

    @Override
    public long length() {
        return 0;
    }

    @Override
    public DiskEntry entry(Path path) {
        return new DiskEntry(path, DiskEntry.Kind.DIRECTORY, 0, Instant.EPOCH);
    }

    private static List<FakeNode> absent() {
        List<FakeNode> past = new ArrayList<>();
        past.add(null);
        return past;
    }
}
