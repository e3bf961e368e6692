package dev.berth.load;

import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/**
 * Where the memory comes from that a comparison writes its files to; the same for both sides, because it decides.
 *
 * <p>A virtual machine gives free memory back to its host, and taking it again costs three to five times as much as what it
 * is taken for (on the machine where this was found: 1.9 s of processor time for 1 GiB instead of 0.4 s). Without care the
 * one that comes right after a deletion wins by that alone.
 */
enum MemoryState {
    /** A file has just been deleted. */
    LEFT("memory just left", 2_200, false),
    /** What was free and near is in use. */
    FROM_HOST("memory from the host", 1_400, true);

    private final String words;
    private final int megabytes;
    private final boolean kept;

    MemoryState(String words, int megabytes, boolean kept) {
        this.words = words;
        this.megabytes = megabytes;
        this.kept = kept;
    }

    /** Measures in this state, brought about on this disk. */
    double measure(Path disk, DoubleSupplier measurement) {
        try (Scratch scratch = Scratch.on(disk, "memory")) {
            String filler = scratch.path().resolve("filler").toString();
            Shell.run("sh", "-c", "head -c " + megabytes + "000000 /dev/zero > " + filler).orFail();
            if (!kept) {
                Shell.run("rm", filler).orFail();
            }
            return measurement.getAsDouble();
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
