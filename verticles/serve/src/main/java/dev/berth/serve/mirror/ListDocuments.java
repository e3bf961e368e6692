package dev.berth.serve.mirror;

import dev.berth.contract.MirrorContract.Snapshot;
import dev.berth.serve.edge.Document;
import java.util.Map;

/**
 * The documents of one upstream, ready to be sent.
 *
 * @param version of the snapshot they are from
 */
record ListDocuments(String version, Map<String, Document> byName) {
    private static final String JSON = "application/json";

    /** Compresses and hashes: for worker threads. */
    static ListDocuments of(Snapshot snapshot) {
        return new ListDocuments(snapshot.version(), Map.of(
                "index.json", Document.of(snapshot.index(), JSON, snapshot.updated()),
                "images.json", Document.of(snapshot.images(), JSON, snapshot.updated())));
    }

    /** Null when there is none. */
    Document find(String name) {
        return byName.get(name);
    }
}
