package dev.berth.load;

import java.util.List;

/** From the launcher to the ready line, on a data directory that is new each time. */
final class StartBench implements Bench {
    private static final int ROUNDS = 5;
    private static final double BOUND_SECONDS = 1.5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Finding> run(Ground ground) {
        once(ground);
        double seconds = Median.of(ROUNDS, () -> once(ground));
        return List.of(Finding.bound("ready after start, new data directory", seconds, "s", BOUND_SECONDS));
    }

    private static double once(Ground ground) {
        try (BerthPeer berth = ground.berth()) {
            return berth.readySeconds();
        }
    }
}
