package dev.berth.load;

import java.nio.file.Path;

/**
 * Where measurements happen.
 *
 * @param home the checkout
 * @param disk a folder on the disk that is measured; benches make folders of their own in it
 */
record Ground(Path home, Path disk) {
    BerthPeer berth() {
        return new BerthPeer(home, disk);
    }

    /** @param settings what its configuration file says, YAML */
    BerthPeer berth(String settings) {
        return new BerthPeer(home, disk, settings);
    }
}
