package dev.berth.serve.streams;

import dev.berth.image.Image;
import java.util.List;

/** Whether nothing changed that a stream tells of: most changes of a catalog are notes that an image was used. */
final class SameListing {
    private SameListing() {}

    /** Quick where images are the very same objects, as those of a catalog's next moment mostly are. */
    static boolean of(List<Image> some, List<Image> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i) != others.get(i) && !isSame(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Image one, Image other) {
        return one.fingerprint().equals(other.fingerprint())
                && one.type() == other.type()
                && one.architecture() == other.architecture()
                && one.properties().equals(other.properties())
                && one.aliases().equals(other.aliases())
                && one.files().equals(other.files())
                && one.createdAt().equals(other.createdAt())
                && one.uploadedAt().equals(other.uploadedAt())
                && one.expiresAt().equals(other.expiresAt());
    }
}
