package dev.berth.load;

import java.nio.file.Path;

/**
 * Where measurements happen.
 *
 * @param home the checkout
 * @param disk a folder on the disk that is measured; benches make folders of their own in it
 * @param gigabyte how many MiB stand for 1 GiB: 1024, or less to try a bench out
 */
record Ground(Path home, Path disk, int gigabyte) {
    /** What comes out is no result. */
    boolean isTrial() {
        return gigabyte != 1024;
    }

    /** The size of large files, in words. */
    String large() {
        return isTrial() ? gigabyte + " MiB" : "1 GiB";
    }

    BerthPeer berth() {
        return new BerthPeer(home, disk);
    }

    /** @param settings what its configuration file says, YAML */
    BerthPeer berth(String settings) {
        return new BerthPeer(home, disk, settings);
    }
}
