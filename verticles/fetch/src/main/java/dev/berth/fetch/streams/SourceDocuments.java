package dev.berth.fetch.streams;

import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.FetchMeters;
import dev.berth.kit.openpgp.Keyring;
import dev.berth.simplestreams.IndexEntry;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The documents of image streams: the plain ones, or the signed ones of servers that must sign theirs. One context.
 */
final class SourceDocuments {
    private static final String INDEX = "/streams/v1/index.json";
    private static final String SIGNED_INDEX = "/streams/v1/index.sjson";

    private final DocumentCache documents;
    private final Map<String, Keyring> signers;
    private final FetchMeters meters;

    /** @param signers who must have signed, by {@link Location#base} of the server */
    SourceDocuments(DocumentCache documents, Map<String, Keyring> signers, FetchMeters meters) {
        this.documents = documents;
        this.signers = Map.copyOf(signers);
        this.meters = meters;
    }

    Future<KeptDocument> index(StreamServer server) {
        Keyring signer = signers.get(server.base().base());
        return signer == null
                ? get(server, INDEX, Proof.NONE, Shape.INDEX)
                : get(server, SIGNED_INDEX, SignedProof.ofIndex(signer, meters), Shape.INDEX);
    }

    /** The products files of an index, each for itself. */
    List<Future<KeptDocument>> products(StreamServer server, List<IndexEntry> entries) {
        Map<String, Set<String>> contents = new LinkedHashMap<>();
        entries.forEach(entry ->
                contents.computeIfAbsent(entry.path(), first -> new LinkedHashSet<>()).add(entry.contentId()));
        return contents.entrySet().stream()
                .map(file -> products(server, file.getKey(), file.getValue()))
                .toList();
    }

    /** Something that the documents say is not so: whoever wants one from now on asks the server. */
    void doubt(Location base) {
        documents.doubt(base);
    }

    private Future<KeptDocument> products(StreamServer server, String path, Set<String> contentIds) {
        Keyring signer = signers.get(server.base().base());
        if (signer == null) {
            return get(server, path, Proof.NONE, Shape.PRODUCTS);
        }
        return path.endsWith(".sjson")
                ? get(server, path, SignedProof.ofProducts(signer, meters, contentIds), Shape.PRODUCTS)
                : Future.failedFuture(unsigned(server.base(), path));
    }

    private Future<KeptDocument> get(StreamServer server, String path, Proof proof, Shape shape) {
        return documents.get(Wish.signed(server.base(), path, server.pin(), proof, shape), server.fresh());
    }

    private FetchFailure unsigned(Location base, String path) {
        meters.signature("missing");
        return FetchFailure.invalid("the signed index of " + base + " is refused: expected the path of a signed products "
                + "file, which ends with .sjson, got \"" + path + "\"");
    }
}
