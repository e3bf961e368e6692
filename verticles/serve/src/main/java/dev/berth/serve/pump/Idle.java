package dev.berth.serve.pump;

import java.util.LinkedHashSet;
import java.util.Set;

/** Parts that nobody holds, kept for a while because another reader of the same file may come for them. */
final class Idle {
    /** The longest unused first. */
    private final Set<Part> parts = new LinkedHashSet<>();
    private long bytes;

    void add(Part part) {
        parts.add(part);
        bytes += part.capacity();
    }

    /** Whether it was one of them. */
    boolean remove(Part part) {
        boolean was = parts.remove(part);
        bytes -= was ? part.capacity() : 0;
        return was;
    }

    long bytes() {
        return bytes;
    }

    Part oldest() {
        return parts.iterator().next();
    }
}
