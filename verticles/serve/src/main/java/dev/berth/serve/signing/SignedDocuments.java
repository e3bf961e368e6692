package dev.berth.serve.signing;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.Document;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signed forms of a stream's documents: {@code .sjson}, which lead to each other, and {@code .json.gpg}. */
public final class SignedDocuments {
    private static final Logger LOG = LoggerFactory.getLogger(SignedDocuments.class);
    private static final String FOLDER = "streams/v1/";
    private static final String FRAMED = "text/plain; charset=utf-8";
    private static final String SIGNATURE = "application/pgp-signature";

    private final SigningKey key;
    private final Instant updated;
    private final Map<String, Document> documents = new HashMap<>();

    private SignedDocuments(SigningKey key, Instant updated) {
        this.key = key;
        this.updated = updated;
    }

    /**
     * Makes them; burns CPU, so it is for worker threads.
     *
     * @param index {@code index.json}, as it is sent
     * @param signedIndex the same, with the path of the signed products file (fact 111)
     * @param images {@code images.json}, as it is sent
     * @param updated when they last changed
     * @return by path below the stream's base. The {@code .sjson} ones are missing when some text in them is so long that
     *     no signed form can be read
     */
    public static Map<String, Document> of(
            byte[] index, byte[] signedIndex, byte[] images, Instant updated, SigningKey key) {
        SignedDocuments made = new SignedDocuments(key, updated);
        made.detach("index.json", index);
        made.detach("images.json", images);
        made.frame(signedIndex, images);
        return Map.copyOf(made.documents);
    }

    private void detach(String name, byte[] json) {
        documents.put(FOLDER + name + ".gpg", Document.of(key.detach(json), SIGNATURE, updated));
    }

    private void frame(byte[] signedIndex, byte[] images) {
        try {
            Document index = framed(signedIndex);
            documents.put(FOLDER + "images.sjson", framed(images));
            documents.put(FOLDER + "index.sjson", index);
        } catch (IllegalArgumentException e) {
            LOG.warn("index.sjson and images.sjson cannot be offered: {}", e.getMessage());
        }
    }

    private Document framed(byte[] json) {
        return Document.of(key.clearSign(JsonLines.of(json)), FRAMED, updated);
    }
}
