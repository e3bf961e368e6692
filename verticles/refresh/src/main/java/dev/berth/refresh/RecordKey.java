package dev.berth.refresh;

import dev.berth.image.Fingerprint;
import dev.berth.image.Image;

/** Which record: the same fingerprint in two projects is two, each with its own updates (peers b.8). */
record RecordKey(String project, Fingerprint fingerprint) {
    static RecordKey of(Image image) {
        return new RecordKey(image.project(), image.fingerprint());
    }
}
