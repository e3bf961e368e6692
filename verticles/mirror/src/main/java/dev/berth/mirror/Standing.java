package dev.berth.mirror;

import dev.berth.contract.MirrorContract.Delisted;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one upstream is: its present list, and what earlier lists named that can still be had. One thread; time comes from
 * outside.
 */
final class Standing {
    private final Duration grace;
    private final Map<String, Old> delisted = new HashMap<>();
    private PublishedList list;
    private Instant asked;
    private Instant tried = Instant.MIN;
    private String trouble = "";

    Standing(Duration grace) {
        this.grace = grace;
    }

    /** Null before the first answer. */
    PublishedList list() {
        return list;
    }

    /** When the upstream last said that the list is current, or null. */
    Instant asked() {
        return asked;
    }

    /** Why the list may be older than it should, or empty. */
    String trouble() {
        return trouble;
    }

    /** The upstream is asked now. */
    void tries(Instant now) {
        tried = now;
    }

    /** Whether the last try is at least {@code pause} ago, so that askers for what does not exist cost nobody much. */
    boolean mayTry(Instant now, Duration pause) {
        return tried.equals(Instant.MIN) || !now.isBefore(tried.plus(pause)) || now.isBefore(tried);
    }

    /** The list is still what it was. */
    void confirm(Instant when, String why) {
        asked = when;
        trouble = why;
    }

    /** The upstream could not be asked, and what is kept is all there is. */
    void doubt(String why) {
        trouble = why;
    }

    /** Answers the files that are no longer listed; they can be had until {@code now} plus the grace time. */
    List<MirroredFile> show(PublishedList newer, Instant now) {
        List<MirroredFile> gone = list == null
                ? List.of()
                : list.files().values().stream().filter(file -> !newer.files().containsKey(file.path())).toList();
        delisted.values().removeIf(old -> now.isAfter(old.until()));
        gone.forEach(file -> delisted.put(file.path(), new Old(file, now.plus(grace))));
        list = newer;
        confirm(newer.catalogue().asked(), newer.catalogue().stale());
        return gone;
    }

    /** What is not listed any more and can still be had. */
    List<Delisted> delisted() {
        return delisted.values().stream()
                .map(old -> new Delisted(old.file().image(), old.file().path(), old.until()))
                .toList();
    }

    /** What {@link #delisted} was before a restart. */
    void remember(List<Delisted> before) {
        for (Delisted old : before) {
            old.image().files().stream()
                    .map(file -> MirroredFile.of(old.image(), file))
                    .filter(file -> file.path().equals(old.path()))
                    .forEach(file -> delisted.put(file.path(), new Old(file, old.until())));
        }
    }

    /** A file that is listed, or was within the grace time; null for any other path. */
    MirroredFile find(String path, Instant now) {
        MirroredFile file = list == null ? null : list.files().get(path);
        Old old = delisted.get(path);
        if (file != null || old == null) {
            return file;
        }
        return now.isAfter(old.until()) ? null : old.file();
    }

    private record Old(MirroredFile file, Instant until) {}
}
