package dev.berth.serve.berth;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.Document;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** {@code GET /berth/v1/key}: the public key that signs indexes, armored, for everybody. */
final class KeyRoute {
    private static final Duration FRESH = Duration.ofHours(1);

    private final Supplier<SigningKey> key;

    KeyRoute(Supplier<SigningKey> key) {
        this.key = key;
    }

    void mount(Router router) {
        router.route("/berth/v1/key").method(HttpMethod.GET).method(HttpMethod.HEAD)
                .handler(ctx -> ctx.vertx()
                        .executeBlocking(this::document, false)
                        .compose(document -> document.send(ctx, FRESH))
                        .onFailure(ctx::fail));
    }

    private Document document() {
        SigningKey made = key.get();
        return Document.of(made.publicKey().getBytes(StandardCharsets.US_ASCII), "application/pgp-keys", made.made());
    }
}
