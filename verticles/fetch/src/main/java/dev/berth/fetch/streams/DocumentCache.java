package dev.berth.fetch.streams;

import dev.berth.contract.Refused.Reason;
import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.Ask;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.GuardedClient;
import dev.berth.fetch.http.Reply;
import dev.berth.kit.async.SingleFlight;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents of other servers, on disk. A fresh one costs no request, an older one a question whether it changed; when the
 * server cannot answer, the kept one serves. One context.
 */
public final class DocumentCache {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentCache.class);
    private static final String PART = ".part";
    private static final int MOST_DOUBTS = 1_000;

    private final Vertx vertx;
    private final GuardedClient client;
    private final WorkerExecutor workers;
    private final Clock clock;
    private final CacheRules rules;
    private final SingleFlight<String, KeptDocument> flights = new SingleFlight<>();
    private final Map<String, Instant> doubts = new HashMap<>();

    public DocumentCache(Vertx vertx, GuardedClient client, WorkerExecutor workers, Clock clock, CacheRules rules) {
        this.vertx = vertx;
        this.client = client;
        this.workers = workers;
        this.clock = clock;
        this.rules = rules;
    }

    /**
     * The document, as current as it can be had. Fails with {@link FetchFailure} when there is none at all: one that does not
     * stand what is asked of it is as good as none.
     *
     * @param fresh a younger one is not asked for again
     */
    public Future<KeptDocument> get(Wish wish, Duration fresh) {
        String key = key(wish.location(), wish.pin() + wish.proof().by());
        return flights.run(key, () -> workers.executeBlocking(() -> new Kept(KeptDocument.find(rules.folder(), key)), false)
                .compose(kept -> kept.document() != null && isFresh(wish.server(), kept.document(), fresh)
                        ? Future.succeededFuture(kept.document())
                        : current(wish, key, kept.document())));
    }

    /** Something that the server's documents say is not so: whoever wants one from now on asks the server. */
    void doubt(Location server) {
        if (doubts.size() > MOST_DOUBTS) {
            doubts.clear();
        }
        doubts.put(server.toString(), clock.instant());
    }

    private boolean isFresh(Location server, KeptDocument kept, Duration fresh) {
        Duration age = Duration.between(kept.checked(), clock.instant());
        boolean doubted = !kept.checked().isAfter(doubts.getOrDefault(server.toString(), Instant.MIN));
        return !doubted && !age.isNegative() && age.compareTo(fresh) < 0;
    }

    private Future<KeptDocument> current(Wish wish, String key, KeptDocument kept) {
        Ask ask = Ask.get(wish.location(), wish.pin());
        boolean tagged = kept != null && !kept.etag().isEmpty();
        return client.ask(tagged ? ask.with(Map.of("If-None-Match", kept.etag())) : ask, reply -> take(reply, wish, key, kept))
                .recover(cause -> stale(wish.location(), kept, cause));
    }

    private Future<KeptDocument> take(Reply reply, Wish wish, String key, KeptDocument kept) {
        Instant now = clock.instant();
        if (reply.status() == 304 && kept != null) {
            return workers.executeBlocking(() -> kept.confirmed(now), false);
        }
        if (reply.status() != 200) {
            return Future.failedFuture(wish.proof().missing(reply.asFailure()));
        }
        String etag = reply.header("ETag") == null ? "" : reply.header("ETag");
        Path part = rules.folder().resolve(key + "." + UUID.randomUUID() + PART);
        return written(reply, part)
                .compose(done -> workers.executeBlocking(() -> {
                    wish.mustStand(part, memory(wish.location()));
                    return KeptDocument.keep(rules.folder(), key, part, etag, now);
                }, false))
                .recover(cause -> vertx.fileSystem().delete(part.toString())
                        .transform(deleted -> Future.failedFuture(cause)));
    }

    private Future<Void> written(Reply reply, Path part) {
        if (reply.promised() > rules.mostBytes()) {
            return Future.failedFuture(FetchFailure.invalid(reply.location() + " is too long: expected at most "
                    + rules.mostBytes() + " bytes, got " + reply.promised() + "; kept nothing"));
        }
        return vertx.fileSystem()
                .open(part.toString(), new OpenOptions().setRead(false).setCreateNew(true))
                .compose(file -> pumped(reply, file));
    }

    private Future<Void> pumped(Reply reply, AsyncFile file) {
        FileSink sink = new FileSink(file, reply.location().toString(), rules.mostBytes());
        return reply.pump(sink).compose(done -> sink.written()).eventually(file::close);
    }

    /** What is off limits stays so, whatever was kept. */
    private Future<KeptDocument> stale(Location location, KeptDocument kept, Throwable cause) {
        boolean forbidden = cause instanceof FetchFailure failure && failure.refused().reason() == Reason.FORBIDDEN;
        if (kept == null || forbidden) {
            return Future.failedFuture(cause);
        }
        LOG.warn("{} cannot be had now, using that of {}: {}", location, kept.checked(), cause.getMessage());
        return Future.succeededFuture(kept.unconfirmed(String.valueOf(cause.getMessage())));
    }

    private Path memory(Location location) {
        return rules.folder().resolve(key(location, "") + ".accepted");
    }

    /** Who may read it is part of what it is: user and pin belong to the key. */
    private static String key(Location location, String pin) {
        try {
            String whole = location.userInfo() + "\n" + location + "?" + location.query() + "\n" + pin;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private record Kept(KeptDocument document) {}
}
