package dev.berth.testkit.disk;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All ways a disk may look after a power cut. Each of these is free and independent of the others: for every name, which
 * of the nodes it stood for since its directory was last forced it stands for now (so a rename may have lost either
 * half); for every file, its length after any of its unforced writes; for every unforced 512-byte sector, whether it
 * arrived or is zeros. Files with more than {@value #PIECES} unforced sectors are torn in that many pieces instead.
 *
 * <p>The variants are numbered like the readings of a counter whose wheels are these choices.
 */
final class PowerCut {
    private static final int SECTOR = 512;
    private static final int PIECES = 4;

    private final FakeDirectory root;
    private final Map<Object, Long> wheels = new LinkedHashMap<>();

    PowerCut(FakeDirectory root) {
        this.root = root;
        collect(root, new IdentityHashMap<>());
    }

    long variants() {
        return wheels.values().stream().reduce(1L, Math::multiplyExact);
    }

    FakeDirectory survivor(long variant) {
        Map<Object, Integer> reading = new LinkedHashMap<>();
        long rest = variant;
        for (Map.Entry<Object, Long> wheel : wheels.entrySet()) {
            reading.put(wheel.getKey(), (int) (rest % wheel.getValue()));
            rest /= wheel.getValue();
        }
        return (FakeDirectory) survivor(root, reading, new IdentityHashMap<>());
    }

    private void collect(FakeNode node, Map<FakeNode, Boolean> seen) {
        if (node == null || seen.put(node, true) != null) {
            return;
        }
        if (node instanceof FakeFile file) {
            add(file, variantsOf(file));
            return;
        }
        ((FakeDirectory) node).possible().forEach((name, past) -> {
            add(new Name((FakeDirectory) node, name), past.size());
            past.forEach(below -> collect(below, seen));
        });
    }

    private void add(Object choice, long alternatives) {
        if (alternatives > 1) {
            wheels.put(choice, alternatives);
        }
    }

    /** For each possible length one reading per subset of the unforced pieces within it. */
    private static long variantsOf(FakeFile file) {
        return file.possibleLengths().stream()
                .mapToLong(length -> 1L << piecesOf(file, length))
                .sum();
    }

    private FakeNode survivor(FakeNode node, Map<Object, Integer> reading, Map<FakeNode, FakeNode> made) {
        if (node == null || made.containsKey(node)) {
            return made.get(node);
        }
        if (node instanceof FakeFile file) {
            FakeFile survivor = FakeFile.durable(bytesOf(file, reading.getOrDefault(file, 0)), file.changed());
            made.put(node, survivor);
            return survivor;
        }
        FakeDirectory survivor = new FakeDirectory();
        made.put(node, survivor);
        ((FakeDirectory) node).possible().forEach((name, past) -> {
            FakeNode kept = past.get(reading.getOrDefault(new Name((FakeDirectory) node, name), 0));
            survivor.putDurably(name, survivor(kept, reading, made));
        });
        return survivor;
    }

    private static byte[] bytesOf(FakeFile file, int reading) {
        int rest = reading;
        for (int length : file.possibleLengths()) {
            int subsets = 1 << piecesOf(file, length);
            if (rest < subsets) {
                return torn(file, length, rest);
            }
            rest -= subsets;
        }
        throw new IllegalArgumentException("no such variant of a file: " + reading);
    }

    /** The file cut to {@code length}, where bit i of {@code arrived} says whether unforced piece i is there. */
    private static byte[] torn(FakeFile file, int length, int arrived) {
        byte[] bytes = Arrays.copyOf(file.bytes(), length);
        int piece = pieceLength(file, length);
        for (int i = 0; i < piecesOf(file, length); i++) {
            if ((arrived & 1 << i) == 0) {
                int from = firstSector(file) + i * piece;
                Arrays.fill(bytes, Math.max(from, file.durableLength()), Math.min(length, from + piece), (byte) 0);
            }
        }
        return bytes;
    }

    private static int piecesOf(FakeFile file, int length) {
        return length == file.durableLength() ? 0 : ceil(length - firstSector(file), pieceLength(file, length));
    }

    private static int pieceLength(FakeFile file, int length) {
        int sectors = ceil(length - firstSector(file), SECTOR);
        return SECTOR * Math.max(1, ceil(sectors, PIECES));
    }

    private static int firstSector(FakeFile file) {
        return file.durableLength() / SECTOR * SECTOR;
    }

    private static int ceil(int value, int unit) {
        return (value + unit - 1) / unit;
    }

    /** One name in one directory. */
    private record Name(FakeDirectory directory, String name) {}
}
