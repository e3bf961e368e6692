package dev.berth.testkit.disk;

import dev.berth.kit.disk.DiskEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file that knows how much of it was forced, and where each write since then ended. */
final class FakeFile implements FakeNode {
    private byte[] bytes = new byte[0];
    private int durable;
    private final List<Integer> ends = new ArrayList<>();
    private Instant changed;

    FakeFile(Instant changed) {
        this.changed = changed;
    }

    /** A file of which everything is on the disk. */
    static FakeFile durable(byte[] bytes, Instant changed) {
        FakeFile file = new FakeFile(changed);
        file.bytes = bytes;
        file.durable = bytes.length;
        return file;
    }

    void append(byte[] more, int length, Instant now) {
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, before + length);
        System.arraycopy(more, 0, bytes, before, length);
        ends.add(bytes.length);
        changed = now;
    }

    void force() {
        durable = bytes.length;
        ends.clear();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    int durableLength() {
        return durable;
    }

    /** Lengths the file may have after a power cut: as last forced, or as after any write since. */
    List<Integer> possibleLengths() {
        List<Integer> lengths = new ArrayList<>(List.of(durable));
        lengths.addAll(ends);
        return lengths.stream().distinct().toList();
    }

    Instant changed() {
        return changed;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public DiskEntry entry(Path path) {
        return new DiskEntry(path, DiskEntry.Kind.FILE, bytes.length, changed);
    }
}
