package dev.berth.lxd.filter;

/** How much work one list may cost, over all its images and patterns. Not for several threads at once. */
final class StepBudget {
    /** Some tenths of a second at worst; a plain pattern on an ordinary image takes a few hundred. */
    static final long STEPS = 20_000_000;

    private long left = STEPS;

    /** @throws InvalidFilter when everything is spent */
    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new InvalidFilter("Invalid filter: its patterns take more than " + STEPS
                    + " steps on the images there are, use simpler ones");
        }
    }
}
