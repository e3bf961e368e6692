package dev.berth.serve.download;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.Document;
import dev.berth.serve.edge.EdgeTools;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Detached signatures beside the files, which clients up to lxc 4.0.11 ask for (formats 5). A file is read for its
 * signature once, as long as the last {@value #MOST} are remembered. Event loop.
 */
final class Signatures {
    private static final String POOL = "berth-sign";
    private static final int MOST = 1_000;
    private static final String TYPE = "application/pgp-signature";

    private final WorkerExecutor workers;
    private final Supplier<SigningKey> key;
    private final Clock clock;
    private final Map<String, Future<Document>> made = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Future<Document>> eldest) {
            return size() > MOST;
        }
    };

    Signatures(EdgeTools tools, Supplier<SigningKey> key) {
        this.workers = tools.vertx().createSharedWorkerExecutor(POOL, 1);
        this.key = key;
        this.clock = tools.clock();
    }

    /** Opens what is signed. Blocks. */
    interface Content {
        InputStream open() throws IOException;
    }

    Future<Document> of(byte[] bytes) {
        return workers.executeBlocking(() -> document(key.get().detach(bytes)), false);
    }

    /** @param digest names the file's content, so that the same content is read once */
    Future<Document> of(String digest, Path file) {
        return made.computeIfAbsent(digest, unknown -> sign(() -> Files.newInputStream(file)))
                .onFailure(broken -> made.remove(digest));
    }

    private Future<Document> sign(Content content) {
        return workers.executeBlocking(
                () -> {
                    try (InputStream in = content.open()) {
                        return document(key.get().detach(in));
                    }
                },
                false);
    }

    private Document document(byte[] signature) {
        return Document.of(signature, TYPE, clock.instant());
    }
}
