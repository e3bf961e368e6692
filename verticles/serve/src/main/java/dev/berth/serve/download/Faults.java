package dev.berth.serve.download;

import dev.berth.format.FormatException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Conversions that failed a short while ago: clients ask many times in a row, and each try costs a core. What an image
 * does wrong stays wrong, so that it is not even offered; what the machine did may be over soon. Any thread.
 */
final class Faults {
    private static final Duration OF_IMAGES = Duration.ofHours(1);
    private static final Duration OF_MACHINES = Duration.ofSeconds(20);
    private static final int MOST = 1_000;

    private final Clock clock;
    private final Map<RootfsKey, Fault> faults = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RootfsKey, Fault> eldest) {
            return size() > MOST;
        }
    };

    Faults(Clock clock) {
        this.clock = clock;
    }

    private record Fault(String text, boolean ofImage, Instant until) {}

    synchronized void note(RootfsKey key, Throwable cause) {
        boolean ofImage = cause instanceof FormatException;
        String text = ofImage
                ? "the image's root file system cannot be converted: " + cause.getMessage()
                : "the image's root file system could not be converted; try again later";
        faults.put(key, new Fault(text, ofImage, clock.instant().plus(ofImage ? OF_IMAGES : OF_MACHINES)));
    }

    /** What went wrong, for as long as trying again makes no sense. */
    synchronized Optional<String> of(RootfsKey key) {
        return current(key).map(Fault::text);
    }

    /** True when the image itself is the reason. */
    synchronized boolean isHopeless(RootfsKey key) {
        return current(key).map(Fault::ofImage).orElse(false);
    }

    private Optional<Fault> current(RootfsKey key) {
        return Optional.ofNullable(faults.get(key)).filter(fault -> clock.instant().isBefore(fault.until()));
    }
}
