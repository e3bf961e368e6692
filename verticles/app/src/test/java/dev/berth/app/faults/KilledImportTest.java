package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.BerthProcess;
import dev.berth.app.Program;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed at random points of an import, 50 times. Half of the points lie in the body, half between its last
 * byte and the acknowledgement, where blobs get their names and the catalog its record. What a client was told, and
 * nothing else, decides what must be there afterwards.
 */
@DisplayName("reliability R01, R18")
@Timeout(900)
class KilledImportTest {
    private static final int KILLS = 50;
    private static final int LANES = 2;
    /** Under a minute on two quiet cores; a busy machine may take its time. */
    private static final int LONGEST_MINUTES = 7;

    @TempDir
    Path folder;

    @Test
    void fifty_kills_lose_no_acknowledged_image_and_show_no_partial_one() throws Exception {
        Program program = Program.archived(folder);
        long seed = System.nanoTime();
        long began = System.nanoTime();
        List<CompletableFuture<KillLane>> lanes = List.of(lane(program, 0, seed), lane(program, 1, seed));
        KillLane first = lanes.get(0).get(LONGEST_MINUTES, TimeUnit.MINUTES);
        KillLane second = lanes.get(1).get(LONGEST_MINUTES, TimeUnit.MINUTES);

        System.out.printf("seed %d: %d kills in %d s; %s; %s%n", seed, KILLS,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), first.tally(), second.tally());
        assertThat(first.acknowledged().size() + second.acknowledged().size()).as("some got through").isPositive();
        Set<KillLane.Phase> phases = new HashSet<>(first.phases());
        phases.addAll(second.phases());
        assertThat(phases).containsExactlyInAnyOrder(KillLane.Phase.values());
    }

    /** A directory of its own, killed and started again and again; the lanes only share the machine. */
    private CompletableFuture<KillLane> lane(Program program, int number, long seed) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                KillLane lane = new KillLane(program, folder.resolve("data-" + number), new Random(seed + number), number);
                lane.run(KILLS / LANES);
                assertEverythingIsThere(lane);
                return lane;
            } catch (Exception e) {
                throw new AssertionError("seed " + seed + ", lane " + number + ": " + e, e);
            }
        }, task -> new Thread(task, "kill-lane-" + number).start());
    }

    /** Before the last start, as the kill left it, and after it. */
    private static void assertEverythingIsThere(KillLane lane) throws Exception {
        lane.isSound();
        try (BerthProcess berth = BerthProcess.in(lane.data())) {
            lane.lookAround(berth);
        }
    }
}
