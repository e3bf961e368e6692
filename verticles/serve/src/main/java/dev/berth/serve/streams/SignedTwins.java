package dev.berth.serve.streams;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.Document;
import dev.berth.serve.signing.SignedDocuments;
import dev.berth.simplestreams.publish.StreamFiles;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** The signed forms of the documents, made of the same moment as the plain ones. */
public final class SignedTwins implements Twins {
    private final Supplier<SigningKey> key;

    public SignedTwins(Supplier<SigningKey> key) {
        this.key = key;
    }

    @Override
    public Map<String, Document> of(StreamFiles files, Instant updated) {
        return SignedDocuments.of(files.index(), files.signedIndex(), files.images(), updated, key.get());
    }
}
