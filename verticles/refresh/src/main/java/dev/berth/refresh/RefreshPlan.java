package dev.berth.refresh;

import dev.berth.image.Image;
import dev.berth.lxd.ImageSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which images are compared with their source, and when. Each has its own rhythm: the interval of its project after its
 * last comparison (or its arrival), a little more or less. A start compares all of them, except those compared just
 * before (rest-api 181). Nothing is planned ahead, so a new interval counts at once. One thread; no event loop.
 */
final class RefreshPlan {
    private static final int SPREAD = 2_001;

    private final RefreshConf conf;
    private final Map<RecordKey, Past> pasts = new HashMap<>();
    private final Set<RecordKey> running = new HashSet<>();
    private boolean begun;

    /**
     * @param base from when the interval counts
     * @param last the last comparison, or null
     * @param missed true when it is due since the start
     */
    private record Past(Instant base, LastLook last, boolean missed) {}

    RefreshPlan(RefreshConf conf) {
        this.conf = conf;
    }

    /** Takes in what was known before a restart. */
    void remember(Collection<LastLook> looks) {
        looks.forEach(look -> pasts.put(look.key(), new Past(look.at(), look, false)));
    }

    /**
     * Takes in what there is now; to be asked before each decision. A moment that lies ahead was noted by a clock that
     * has been set back since, and counts as now (reliability R51).
     *
     * @return what is remembered of images that are gone
     */
    Set<RecordKey> observe(List<Image> sourced, Instant now) {
        Map<RecordKey, Image> present = sourced.stream().collect(Collectors.toMap(RecordKey::of, image -> image));
        Set<RecordKey> gone = new HashSet<>(pasts.keySet());
        gone.removeAll(present.keySet());
        pasts.keySet().removeAll(gone);
        present.forEach((key, image) ->
                pasts.compute(key, (same, past) -> notAhead(past == null ? arrived(image) : past, now)));
        if (!begun) {
            pasts.replaceAll((key, past) -> new Past(past.base, past.last, isStale(past, now)));
            begun = true;
        }
        return gone;
    }

    /** Those of {@code sourced} that are due now and not being compared already. */
    List<Image> due(List<Image> sourced, ImageSettings settings, Instant now) {
        return sourced.stream()
                .filter(image -> !running.contains(RecordKey.of(image)))
                .filter(image -> next(image, settings).filter(at -> !at.isAfter(now)).isPresent())
                .toList();
    }

    /** When an image is compared next; never, when it does not follow its source or its project does not want it. */
    Optional<Instant> next(Image image, ImageSettings settings) {
        Past past = pasts.get(RecordKey.of(image));
        long hours = settings.updateHours(image.project());
        if (!image.autoUpdate() || image.source() == null || hours == 0 || past == null) {
            return Optional.empty();
        }
        return Optional.of(past.missed ? past.base : past.base.plus(jittered(Duration.ofHours(hours), image, past.base)));
    }

    Optional<LastLook> last(Image image) {
        return Optional.ofNullable(pasts.get(RecordKey.of(image))).map(Past::last);
    }

    /** A comparison begins. */
    void began(RecordKey key) {
        running.add(key);
    }

    /** It is over, and when it was not noted it is due again. */
    void ended(RecordKey key) {
        running.remove(key);
    }

    /** Notes a comparison. When a newer image took the place of an old one, it is the newer one's. */
    void note(LastLook look) {
        pasts.put(look.key(), new Past(look.at(), look, false));
    }

    private static Past arrived(Image image) {
        return new Past(image.uploadedAt(), null, false);
    }

    private static Past notAhead(Past past, Instant now) {
        return past.base.isAfter(now) ? new Past(now, past.last, past.missed) : past;
    }

    private boolean isStale(Past past, Instant now) {
        return past.last == null || past.base.isBefore(now.minus(conf.startQuiet()));
    }

    /** The same for the same comparison, so that asking twice gives one answer. */
    private Duration jittered(Duration interval, Image image, Instant base) {
        int hash = (image.project() + image.fingerprint() + base).hashCode();
        double share = (Math.floorMod(hash, SPREAD) / (double) (SPREAD - 1) * 2 - 1) * conf.jitterPercent() / 100;
        return interval.plusMillis(Math.round(interval.toMillis() * share));
    }
}
