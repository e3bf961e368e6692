package dev.berth.format.squashfs;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The first name of each file that has several, as far as memory is given to them. A file whose name is not remembered is
 * met as a new one at its next name, which costs space in the archive and nothing else.
 */
final class LinkedNames {
    /** What one name takes beside its characters. */
    private static final int OVERHEAD = 100;

    private final Map<Long, String> names = new HashMap<>();
    private long left;

    /** @param most memory taken, in bytes */
    LinkedNames(long most) {
        this.left = most;
    }

    Optional<String> first(Inode.Facts facts) {
        return Optional.ofNullable(names.get(facts.number()));
    }

    /** Takes the first name of a file. */
    void note(Inode.Facts facts, String name) {
        long cost = name.length() + OVERHEAD;
        if (facts.links() > 1 && cost <= left) {
            left -= cost;
            names.put(facts.number(), name);
        }
    }
}
