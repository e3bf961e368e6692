package dev.berth.expire;

import dev.berth.image.Fingerprint;
import dev.berth.image.Image;

/** Which record: the same fingerprint in two projects is two. */
record RecordKey(String project, Fingerprint fingerprint) {
    static RecordKey of(Image image) {
        return new RecordKey(image.project(), image.fingerprint());
    }
}
