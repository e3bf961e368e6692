package dev.berth.serve.berth;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.Document;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code GET /berth/v1/key}: the public key that signs indexes, armored, for everybody. */
final class KeyRoute {
    private static final Duration FRESH = Duration.ofHours(1);

    private final Document key;

    KeyRoute(SigningKey key) {
        byte[] armored = key.publicKey().getBytes(StandardCharsets.US_ASCII);
        this.key = Document.of(armored, "application/pgp-keys", key.made());
    }

    void mount(Router router) {
        router.route("/berth/v1/key").method(HttpMethod.GET).method(HttpMethod.HEAD)
                .handler(ctx -> key.send(ctx, FRESH).onFailure(ctx::fail));
    }
}
