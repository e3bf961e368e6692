package dev.berth.trust;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.EntityTag;
import java.util.function.Function;

/** Keeps an edit from undoing another that came between its reading and its writing (rest-api 5.4). */
final class Seen {
    private Seen() {}

    /**
     * Refused: CHANGED when the two differ.
     *
     * @param seen what the edit was made of, or null when that does not matter
     * @param document what clients see, which tags are made of
     */
    static <T> void mustBe(T present, T seen, Function<T, byte[]> document) {
        if (seen != null && !seen.equals(present)) {
            String have = EntityTag.of(document.apply(present));
            throw new RefusedException(Refused.changed(have, EntityTag.of(document.apply(seen))));
        }
    }
}
