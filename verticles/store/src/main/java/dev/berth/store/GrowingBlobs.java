package dev.berth.store;

import dev.berth.contract.StoreContract.Broken;
import dev.berth.contract.StoreContract.Follow;
import dev.berth.contract.StoreContract.Full;
import dev.berth.contract.StoreContract.Growth;
import dev.berth.contract.StoreContract.Stage;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StoreContract.Stopped;
import dev.berth.image.BlobId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The blobs on their way here whose hash is promised, and who waits for one to appear. Belongs to the context of the verticle. */
final class GrowingBlobs {
    private static final long MOST_PATIENCE_MILLIS = 60_000;
    private static final long NEWS_MILLIS = 30_000;
    private static final int MOST_REASONS = 1_000;

    private final Map<BlobId, GrowingBlob> byBlob = new HashMap<>();
    private final Map<String, GrowingBlob> byStagingId = new HashMap<>();
    private final Map<BlobId, List<Promise<Void>>> awaited = new HashMap<>();
    /** So that a reader who asks a moment late still learns why. */
    private final Map<String, String> stopped = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_REASONS;
        }
    };
    private final LongConsumer count;
    private final Consumer<Runnable> later;

    /**
     * @param count hears how many there are
     * @param later runs what it is given in a moment, on the context of the verticle
     */
    GrowingBlobs(LongConsumer count, Consumer<Runnable> later) {
        this.count = count;
        this.later = later;
    }

    /** What a run tells about its file; nothing is told of bytes that nobody promised. */
    StagingRun.Watcher watcher(Stage stage) {
        return mayBeRead(stage) ? new Watching(stage) : StagingRun.NOBODY;
    }

    /** Whether others may read the file while it grows: when it is promised what it will be. */
    static boolean mayBeRead(Stage stage) {
        return stage.promised() != null && stage.expectedLength() >= 0;
    }

    Optional<GrowingBlob> find(BlobId blob) {
        return Optional.ofNullable(byBlob.get(blob));
    }

    /** Answers what is new about a file that is known, and nothing about others. */
    Optional<Future<Growth>> follow(Follow follow) {
        return Optional.ofNullable(byStagingId.get(follow.stagingId())).map(blob -> blob.after(follow.beyond())
                .timeout(NEWS_MILLIS, TimeUnit.MILLISECONDS)
                .recover(noNews -> Future.succeededFuture(blob.now())));
    }

    /** What is known of a file that is not on its way any more and whose blob is not here. */
    Stopped reason(String stagingId) {
        return new Stopped(stopped.getOrDefault(stagingId, "the transfer of these bytes has ended without them"));
    }

    /** Completes when {@code blob} begins to grow or was kept, or when the patience ends. */
    Future<Void> appearance(BlobId blob, long patienceMillis) {
        long patience = Math.min(patienceMillis, MOST_PATIENCE_MILLIS);
        if (patience <= 0) {
            return Future.succeededFuture();
        }
        Promise<Void> appeared = Promise.promise();
        awaited.computeIfAbsent(blob, unknown -> new ArrayList<>()).add(appeared);
        return appeared.future()
                .timeout(patience, TimeUnit.MILLISECONDS)
                .transform(ended -> {
                    forget(blob, appeared);
                    return Future.succeededFuture();
                });
    }

    /** The file has the blob's name now, or never will have. */
    void settled(String stagingId, BlobId blob, Throwable failure) {
        GrowingBlob growing = byStagingId.get(stagingId);
        if (growing != null) {
            remove(growing);
            growing.stop(failure == null ? "other bytes came than were promised" : String.valueOf(failure.getMessage()));
        }
        if (failure == null) {
            announce(blob);
        }
    }

    private void announce(BlobId blob) {
        List<Promise<Void>> waiting = awaited.remove(blob);
        if (waiting != null) {
            waiting.forEach(Promise::tryComplete);
        }
    }

    private void forget(BlobId blob, Promise<Void> waiter) {
        awaited.computeIfPresent(blob, (unchanged, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    private void add(GrowingBlob growing) {
        byStagingId.put(growing.stagingId(), growing);
        byBlob.putIfAbsent(growing.blob(), growing);
        count.accept(byStagingId.size());
        announce(growing.blob());
    }

    private void remove(GrowingBlob growing) {
        byBlob.remove(growing.blob(), growing);
        byStagingId.remove(growing.stagingId());
        count.accept(byStagingId.size());
    }

    /** One file from its first byte to its name. */
    private final class Watching implements StagingRun.Watcher {
        private final Stage stage;
        private GrowingBlob growing;

        Watching(Stage stage) {
            this.stage = stage;
        }

        @Override
        public void opened(StagingFile file) {
            growing = new GrowingBlob(stage.promised(), file, stage.expectedLength(), later);
            add(growing);
        }

        @Override
        public void grew(long length) {
            growing.grew(length);
        }

        @Override
        public void ended(Staging end) {
            end.fold(staged -> whole(staged.length()), this::full, this::broken);
        }

        @Override
        public void dropped() {
            stop("the transfer was given up");
        }

        private Void whole(long length) {
            if (length == stage.expectedLength()) {
                growing.isWhole();
            } else {
                stop("size mismatch: expected " + stage.expectedLength() + " bytes, got " + length);
            }
            return null;
        }

        private Void full(Full full) {
            return stop(full.text());
        }

        private Void broken(Broken broken) {
            return stop(broken.text());
        }

        private Void stop(String reason) {
            if (growing != null) {
                growing.stop(reason);
                stopped.putIfAbsent(growing.stagingId(), reason);
                remove(growing);
            }
            return null;
        }
    }
}
