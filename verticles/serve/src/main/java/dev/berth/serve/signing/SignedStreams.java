package dev.berth.serve.signing;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.Document;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Signs each version of a stream once for all server instances of a process, so that they all send the same bytes. Any
 * thread; blocks.
 */
public final class SignedStreams {
    private final Supplier<SigningKey> key;
    private final Map<String, Version> last = new ConcurrentHashMap<>();

    public SignedStreams(Supplier<SigningKey> key) {
        this.key = key;
    }

    /**
     * As {@link SignedDocuments#of}.
     *
     * @param stream which one; there is a bounded number of them
     * @param version differs from that of all other documents of the stream
     */
    public Map<String, Document> of(
            String stream, String version, byte[] index, byte[] signedIndex, byte[] images, Instant updated) {
        return last.compute(stream, (same, before) -> before != null && before.name.equals(version)
                        ? before
                        : new Version(version, SignedDocuments.of(index, signedIndex, images, updated, key.get())))
                .documents;
    }

    private record Version(String name, Map<String, Document> documents) {}
}
