package dev.berth.serve.lxd;

import dev.berth.image.Caller;
import dev.berth.lxd.LxdJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One client of a {@link FaceServer}. Blocks until it has its answer; every wait has a bound. */
public record Visitor(FaceServer server, String id, Caller caller, X509Certificate presented) {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public Heard get(String path, String... headers) {
        return ask("GET", path, null, headers);
    }

    public Heard delete(String path, String... headers) {
        return ask("DELETE", path, null, headers);
    }

    public Heard post(String path, Object body, String... headers) {
        return ask("POST", path, body, headers);
    }

    public Heard put(String path, Object body, String... headers) {
        return ask("PUT", path, body, headers);
    }

    public Heard patch(String path, Object body, String... headers) {
        return ask("PATCH", path, body, headers);
    }

    /** @param body maps and lists, or null for none */
    public Heard ask(String method, String path, Object body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("http", path))
                .timeout(PATIENCE)
                .header(FaceServer.WHO, id)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(LxdJson.bytes(body)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return Heard.of(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Opens a websocket; the future fails with the status when the handshake is refused. */
    public CompletableFuture<WebSocket> connect(String path, WebSocket.Listener listener) {
        return CLIENT.newWebSocketBuilder()
                .header(FaceServer.WHO, id)
                .connectTimeout(PATIENCE)
                .buildAsync(uri("ws", path), listener);
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.port() + path);
    }
}
