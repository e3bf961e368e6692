package dev.berth.catalog;

/** Holds the snapshot that counts. Written by the verticle's event loop, read by any thread. */
final class CatalogState {
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    Snapshot snapshot() {
        return snapshot;
    }

    void show(Snapshot next) {
        snapshot = next;
    }
}
