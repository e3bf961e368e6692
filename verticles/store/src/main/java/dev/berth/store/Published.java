package dev.berth.store;

/**
 * @param length of the blob
 * @param wasThere an equal one was there already
 * @param quarantinedBytes length of what else lay under its name and was set aside, or -1 when nothing did
 */
record Published(long length, boolean wasThere, long quarantinedBytes) {
    static Published joined(long length) {
        return new Published(length, true, -1);
    }

    boolean quarantined() {
        return quarantinedBytes >= 0;
    }
}
