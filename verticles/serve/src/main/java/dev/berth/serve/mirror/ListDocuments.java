package dev.berth.serve.mirror;

import dev.berth.contract.MirrorContract.Snapshot;
import dev.berth.serve.edge.Document;
import dev.berth.serve.signing.SignedStreams;
import java.util.HashMap;
import java.util.Map;

/**
 * The documents of one upstream, plain and signed, ready to be sent.
 *
 * @param version of the snapshot they are from
 * @param byPath below {@code /mirror/NAME/}
 */
record ListDocuments(String version, Map<String, Document> byPath) {
    private static final String JSON = "application/json";

    /** Compresses, hashes and signs: for worker threads. */
    static ListDocuments of(String upstream, Snapshot snapshot, SignedStreams signed) {
        Map<String, Document> documents = new HashMap<>(signed.of(
                upstream, snapshot.version(), snapshot.index(), snapshot.signedIndex(), snapshot.images(), snapshot.updated()));
        documents.put("streams/v1/index.json", Document.of(snapshot.index(), JSON, snapshot.updated()));
        documents.put("streams/v1/images.json", Document.of(snapshot.images(), JSON, snapshot.updated()));
        return new ListDocuments(snapshot.version(), Map.copyOf(documents));
    }

    /** Null when there is none. */
    Document find(String name) {
        return byPath.get("streams/v1/" + name);
    }
}
