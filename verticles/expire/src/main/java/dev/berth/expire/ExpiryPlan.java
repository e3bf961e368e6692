package dev.berth.expire;

import dev.berth.contract.CatalogContract.KeptRecord;
import dev.berth.contract.ExpireContract.Verdict;
import dev.berth.image.Image;
import dev.berth.lxd.ImageSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which images go now, and when the others would. Remembers what it saw, because no single look at a clock removes
 * anything: an image must be too old in two looks, on a clock that did not jump lately, and not be used lately. One
 * thread; no event loop.
 */
final class ExpiryPlan {
    private final ExpireConf conf;
    private final Sightings sightings;
    private final ClockWatch clock;

    ExpiryPlan(ExpireConf conf) {
        this.conf = conf;
        this.sightings = new Sightings(conf);
        this.clock = new ClockWatch(conf.calm());
    }

    /** Takes in what there is now; to be asked before each decision. Tells how far the wall clock jumped, if it did. */
    Optional<Duration> observe(Scene scene, Moment now) {
        Optional<Duration> jump = clock.look(now);
        jump.ifPresent(by -> sightings.doubt());
        sightings.note(scene.images(), now);
        scene.records().forEach(record -> find(record.image(), fate(scene, record, now), now));
        return jump;
    }

    /** @param byAge false: only what space demands */
    List<Removal> removals(Scene scene, Moment now, boolean byAge) {
        List<Removal> aged = byAge ? aged(scene, now) : List.of();
        Set<RecordKey> going = aged.stream().map(each -> RecordKey.of(each.image())).collect(Collectors.toSet());
        long freed = aged.stream().mapToLong(Removal::bytes).sum();
        return Stream.concat(aged.stream(), crowded(scene, now, going, freed).stream())
                .limit(conf.removalsPerRound())
                .toList();
    }

    /** How long until some image that is too old may go; empty when there is none. */
    Optional<Duration> nextConfirmation(Scene scene, Moment now) {
        return scene.records().stream()
                .filter(record -> fate(scene, record, now) instanceof Fate.Expire)
                .map(record -> hold(record.image(), now))
                .filter(left -> !left.isZero())
                .min(Comparator.naturalOrder());
    }

    /** One verdict per cached image, soonest first; changes nothing. */
    List<Verdict> forecast(Scene scene, Moment now) {
        List<Removal> crowded = crowded(scene, now, Set.of(), 0);
        List<Verdict> verdicts = new ArrayList<>();
        Set<RecordKey> told = new HashSet<>();
        crowded.forEach(each -> {
            told.add(RecordKey.of(each.image()));
            verdicts.add(each.verdict(now.wall()));
        });
        scene.records().stream()
                .filter(record -> told.add(RecordKey.of(record.image())))
                .forEach(record -> verdicts.add(verdict(scene, record, now)));
        verdicts.sort(Comparator.comparing(Verdict::due, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Verdict::fingerprint));
        return verdicts;
    }

    private List<Removal> aged(Scene scene, Moment now) {
        return scene.records().stream()
                .sorted(Comparator.comparing((KeptRecord record) -> record.image().idleSince()))
                .filter(record -> fate(scene, record, now) instanceof Fate.Expire)
                .filter(record -> hold(record.image(), now).isZero())
                .map(record -> removal(record, Removal.Cause.AGE, fate(scene, record, now).rule()))
                .toList();
    }

    private List<Removal> crowded(Scene scene, Moment now, Set<RecordKey> going, long freed) {
        Shortage shortage = Shortage.of(scene, conf);
        if (shortage.bytes() <= freed) {
            return List.of();
        }
        List<Image> candidates = scene.images().stream()
                .filter(image -> !going.contains(RecordKey.of(image)) && isEvictable(scene, image, now))
                .toList();
        long wanted = shortage.bytes() - freed;
        Set<Image> chosen = new HashSet<>(
                SpacePolicy.choose(candidates, scene.records(), scene.elsewhere(), wanted, now.wall()));
        return scene.records().stream()
                .filter(record -> chosen.contains(record.image()))
                .map(record -> removal(record, Removal.Cause.SPACE, shortage.rule()))
                .toList();
    }

    private boolean isEvictable(Scene scene, Image image, Moment now) {
        Duration idle = Duration.between(image.idleSince(), now.wall());
        boolean fresh = !idle.isNegative() && idle.compareTo(conf.calm()) < 0;
        return image.cached()
                && !fresh
                && !scene.isInUse(image)
                && !scene.isPinned(image)
                && sightings.spared(image, now).isZero();
    }

    private void find(Image image, Fate fate, Moment now) {
        if (fate instanceof Fate.Expire) {
            sightings.tooOld(image, now);
        } else {
            sightings.fine(image);
        }
    }

    private static Fate fate(Scene scene, KeptRecord record, Moment now) {
        Image image = record.image();
        ImageSettings settings = scene.settings();
        return ExpiryPolicy.judge(image, scene.isInUse(image), now.wall(), settings);
    }

    /** How long caution still keeps an image that is too old. */
    private Duration hold(Image image, Moment now) {
        return Stream.of(clock.unrest(now), sightings.spared(image, now), sightings.unconfirmed(image, now))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Verdict verdict(Scene scene, KeptRecord record, Moment now) {
        Fate fate = fate(scene, record, now);
        Instant due = null;
        if (fate instanceof Fate.Wait wait) {
            due = wait.until();
        } else if (fate instanceof Fate.Expire) {
            due = now.wall().plus(hold(record.image(), now));
        }
        Image image = record.image();
        return new Verdict(image.project(), image.fingerprint(), record.ownBytes(), due, fate.rule());
    }

    private static Removal removal(KeptRecord record, Removal.Cause cause, String rule) {
        return new Removal(record.image(), record.ownBytes(), cause, rule);
    }
}
