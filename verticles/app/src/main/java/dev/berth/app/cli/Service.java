package dev.berth.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The running service, spoken to over its {@code unix.socket}. For one verb on one thread: every method waits for its
 * answer and throws {@link Failure} with the service's own words when it refuses.
 */
final class Service implements AutoCloseable {
    private static final int CHUNK = 256 << 10;
    private static final int SUCCESS = 200;

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2).setInternalBlockingPoolSize(2));
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxChunkSize(64 << 10));
    /** Where every exchange runs: from another thread, a body could be over before anybody listens to it. */
    private final Context loop = vertx.getOrCreateContext();
    private final SocketAddress address;

    private Service(Path socket) {
        this.address = SocketAddress.domainSocketAddress(socket.toString());
    }

    /** Finds the service with this data directory. */
    static Service in(DataOption data) throws Failure {
        Path socket = data.directory().resolve("unix.socket").toAbsolutePath();
        if (!Files.exists(socket)) {
            throw new Failure("no service is running in " + data.directory()
                    + " (there is no unix.socket); start it with `berth serve`, or name another directory with --data");
        }
        return at(socket);
    }

    /** The service that listens there. */
    static Service at(Path socket) {
        return new Service(socket);
    }

    /** The metadata of a synchronous answer. */
    JsonNode get(String path) throws Failure {
        return await(() -> exchange(HttpMethod.GET, path, null)).path("metadata");
    }

    /** The whole envelope of an answer. */
    JsonNode send(HttpMethod method, String path, Object body) throws Failure {
        return await(() -> exchange(method, path, body == null ? null : Buffer.buffer(LxdJson.bytes(body))));
    }

    /** Sends a body of texts and files; the envelope that answers it. */
    JsonNode upload(String path, Map<String, String> headers, UploadForm form, ProgressBar bar) throws Failure {
        return await(() -> request(HttpMethod.POST, path).compose(request -> {
            headers.forEach(request::putHeader);
            request.putHeader("Content-Type", form.contentType());
            request.putHeader("Content-Length", Long.toString(form.length()));
            // Listened to from the start: the answer may be complete before the last write is.
            Future<JsonNode> answer = request.response().compose(this::envelope);
            return written(request, form, bar).transform(sent -> answer);
        }));
    }

    /** Writes what {@code path} answers into {@code file}; gives the content's type and disposition. */
    Download download(String path, Path file, ProgressBar bar) throws Failure {
        return await(() -> request(HttpMethod.GET, path)
                .compose(HttpClientRequest::send)
                .compose(response -> response.statusCode() == 200
                        ? saved(response, file, bar)
                        : envelope(response).map(unexpected -> null)));
    }

    /** Waits for the operation that an asynchronous answer began; its final metadata. */
    JsonNode finished(JsonNode envelope) throws Failure {
        return metadata(get(waiting(envelope, -1)));
    }

    /** Like {@link #finished}, and tells meanwhile, once a second, what the operation says about its progress. */
    JsonNode followed(JsonNode envelope, Consumer<String> progress) throws Failure {
        JsonNode operation = get(waiting(envelope, 1));
        while (operation.path("status_code").asInt() < SUCCESS) {
            progress.accept(operation.path("metadata").path("download_progress").asText(""));
            operation = get(waiting(envelope, 1));
        }
        return metadata(operation);
    }

    private static String waiting(JsonNode envelope, int seconds) throws Failure {
        String operation = envelope.path("operation").asText();
        if (operation.isEmpty()) {
            throw new Failure("the service answered without an operation to wait for: " + envelope);
        }
        return operation + "/wait?timeout=" + seconds;
    }

    private static JsonNode metadata(JsonNode operation) throws Failure {
        if (operation.path("status_code").asInt() != SUCCESS) {
            throw new Failure(operation.path("err").asText("the operation failed without a reason"));
        }
        return operation.path("metadata");
    }

    /** A path segment or query value, escaped. */
    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        vertx.close();
    }

    private Future<JsonNode> exchange(HttpMethod method, String path, Buffer body) {
        return request(method, path)
                .compose(request -> body == null
                        ? request.send()
                        : request.putHeader("Content-Type", "application/json").send(body))
                .compose(this::envelope);
    }

    private Future<HttpClientRequest> request(HttpMethod method, String path) {
        return client.request(new RequestOptions()
                .setServer(address)
                .setHost("berth")
                .setMethod(method)
                .setURI(path));
    }

    private Future<JsonNode> envelope(HttpClientResponse response) {
        return response.body().compose(body -> {
            JsonNode envelope = LxdJson.read(body.getBytes());
            return switch (envelope.path("type").asText()) {
                case "sync", "async" -> Future.succeededFuture(envelope);
                case "error" -> Future.failedFuture(new Failure(envelope.path("error").asText()));
                default -> Future.failedFuture(new Failure("expected an envelope of LXD's API, but the service answered"
                        + " with status " + response.statusCode() + " and " + body.length() + " bytes of something else"));
            };
        });
    }

    private Future<Void> written(HttpClientRequest request, UploadForm form, ProgressBar bar) {
        Future<Void> chain = Future.succeededFuture();
        for (UploadForm.Piece piece : form.pieces()) {
            chain = chain.compose(before -> piece.file() == null
                    ? request.write(piece.text())
                    : written(request, piece.file(), bar));
        }
        return chain.compose(all -> request.end());
    }

    private Future<Void> written(HttpClientRequest request, Path file, ProgressBar bar) {
        return vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setWrite(false).setCreate(false))
                .map(opened -> opened.setReadBufferSize(CHUNK))
                .compose(opened -> new Counted(opened, bar::add)
                        .pipe()
                        .endOnComplete(false)
                        .to(request)
                        .eventually(opened::close));
    }

    private Future<Download> saved(HttpClientResponse response, Path file, ProgressBar bar) {
        response.pause();
        return vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setRead(false).setTruncateExisting(true))
                .compose((AsyncFile opened) -> new Counted(response, bar::add).pipeTo(opened))
                .map(done -> new Download(
                        response.getHeader("Content-Type"), response.getHeader("Content-Disposition")));
    }

    private <T> T await(Supplier<Future<T>> work) throws Failure {
        Promise<T> done = Promise.promise();
        loop.runOnContext(now -> work.get().onComplete(done));
        try {
            return done.future().toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof Failure failure ? failure : new Failure("the service did not answer: " + cause, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }
}
