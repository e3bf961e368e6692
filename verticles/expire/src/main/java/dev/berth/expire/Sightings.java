package dev.berth.expire;

import dev.berth.image.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was seen of cached images, and when by the clock that nobody sets: their uses, and since when they are found too
 * old. Remembers as many images as there are. One thread.
 */
final class Sightings {
    private final Duration calm;
    private final Duration confirmAfter;
    private final Map<RecordKey, Seen> seen = new HashMap<>();
    private boolean begun;

    Sightings(ExpireConf conf) {
        this.calm = conf.calm();
        this.confirmAfter = conf.confirmAfter();
    }

    /**
     * @param idleSince last use known
     * @param used when that use was noticed; null when it was there at the first look
     * @param tooOld when it was first found too old; null when it is not
     */
    private record Seen(Instant idleSince, Moment used, Moment tooOld) {}

    /** Takes in what is there now. What comes, or is used, after the first look was used just now, whatever its dates say. */
    void note(Collection<Image> images, Moment now) {
        Map<RecordKey, Image> present =
                images.stream().collect(Collectors.toMap(RecordKey::of, image -> image));
        seen.keySet().retainAll(present.keySet());
        present.forEach((key, image) -> {
            Seen before = seen.get(key);
            if (before == null || !before.idleSince.equals(image.idleSince())) {
                seen.put(key, new Seen(image.idleSince(), begun ? now : null, null));
            }
        });
        begun = true;
    }

    /** How long an image is still spared because it came or was used a short while ago; zero when it is not. */
    Duration spared(Image image, Moment now) {
        Seen it = seen.get(RecordKey.of(image));
        return it == null || it.used == null ? Duration.ZERO : ClockWatch.left(calm, now.since(it.used));
    }

    /** Notes that an image is found too old now. */
    void tooOld(Image image, Moment now) {
        seen.computeIfPresent(
                RecordKey.of(image), (key, it) -> it.tooOld == null ? new Seen(it.idleSince, it.used, now) : it);
    }

    /** Notes that it is not. */
    void fine(Image image) {
        seen.computeIfPresent(RecordKey.of(image), (key, it) -> new Seen(it.idleSince, it.used, null));
    }

    /** How long until an image was found too old for long enough; zero when it was. */
    Duration unconfirmed(Image image, Moment now) {
        Seen it = seen.get(RecordKey.of(image));
        return it == null || it.tooOld == null ? confirmAfter : ClockWatch.left(confirmAfter, now.since(it.tooOld));
    }

    /** What was found so far was found by a clock that is not to be relied on. */
    void doubt() {
        seen.replaceAll((key, it) -> new Seen(it.idleSince, it.used, null));
    }
}
