package dev.berth.serve.pump;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shared parts of one file, and how many read it. */
final class Shelf {
    private final Map<Long, Part> parts = new HashMap<>();
    private int readers;

    void enter() {
        readers++;
    }

    /** Whether nobody reads it any more. */
    boolean leave() {
        readers--;
        return readers == 0;
    }

    /** Whether a part that nobody holds may be wanted by another reader soon. */
    boolean isShared() {
        return readers > 1;
    }

    /** The part in whose cell {@code position} lies, or null. */
    Part at(long position) {
        return parts.get(position / Parts.LARGE);
    }

    void put(long position, Part part) {
        parts.put(position / Parts.LARGE, part);
    }

    void remove(Part part) {
        parts.values().remove(part);
    }

    List<Part> parts() {
        return List.copyOf(parts.values());
    }
}
