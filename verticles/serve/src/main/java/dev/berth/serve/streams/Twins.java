package dev.berth.serve.streams;

import dev.berth.serve.edge.Document;
import dev.berth.simplestreams.publish.StreamFiles;
import java.time.Instant;
import java.util.Map;

/** Further forms of a stream's documents, such as signed ones. */
@FunctionalInterface
public interface Twins {
    /** There are none. */
    Twins NONE = (files, updated) -> Map.of();

    /**
     * Makes them, on a worker thread, whenever the documents changed. May throw; then nothing of the new moment is served.
     *
     * @param updated when the content last changed
     * @return by path below the server's base, for example {@code streams/v1/index.sjson}
     */
    Map<String, Document> of(StreamFiles files, Instant updated);
}
