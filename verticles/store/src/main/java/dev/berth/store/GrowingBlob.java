package dev.berth.store;

import dev.berth.contract.StoreContract.Growing;
import dev.berth.contract.StoreContract.Grown;
import dev.berth.contract.StoreContract.Growth;
import dev.berth.contract.StoreContract.Stopped;
import dev.berth.image.BlobId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How much of a blob may be read while it arrives, and who waits for more. Belongs to the context of the verticle. */
final class GrowingBlob {
    /** What nobody gets before the hash of the whole is right. */
    static final long HELD_BACK = 64 << 10;

    /** News wakes every reader, so it goes out in steps: when this much is new, or a moment later. */
    private static final long STEP = 1 << 20;

    private final BlobId blob;
    private final StagingFile file;
    private final long length;
    private final Consumer<Runnable> later;
    private final List<Waiter> waiting = new ArrayList<>();
    private long arrived;
    /** What readers know of. */
    private long readable;
    private boolean newsDue;
    private String stopped;

    private record Waiter(long beyond, Promise<Growth> answer) {}

    /** @param later runs what it is given in a moment, on the context of the verticle */
    GrowingBlob(BlobId blob, StagingFile file, long length, Consumer<Runnable> later) {
        this.blob = blob;
        this.file = file;
        this.length = length;
        this.later = later;
    }

    BlobId blob() {
        return blob;
    }

    String stagingId() {
        return file.id();
    }

    Growing described() {
        return new Growing(blob, file.id(), file.path().toString(), length);
    }

    /** Completes when more than {@code beyond} bytes may be read, or it is clear that there never will be. */
    Future<Growth> after(long beyond) {
        if (stopped != null || readable > beyond) {
            return Future.succeededFuture(now());
        }
        Promise<Growth> more = Promise.promise();
        waiting.add(new Waiter(beyond, more));
        return more.future();
    }

    /** What a question finds now. */
    Growth now() {
        return stopped == null ? new Grown(readable) : new Stopped(stopped);
    }

    /** {@code written} bytes are in the file. */
    void grew(long written) {
        allow(Math.min(written, length - HELD_BACK));
    }

    /** All bytes are there, and they are those that were promised. */
    void isWhole() {
        allow(length);
    }

    /** It will not become whole. When it is already, nothing changes. */
    void stop(String reason) {
        if (readable < length && stopped == null) {
            stopped = reason;
            wake();
        }
    }

    private void allow(long upTo) {
        arrived = Math.max(arrived, upTo);
        if (readable == 0 || arrived - readable >= STEP || arrived == length) {
            tell();
        } else if (!newsDue) {
            newsDue = true;
            later.accept(this::tell);
        }
    }

    private void tell() {
        newsDue = false;
        if (arrived > readable && stopped == null) {
            readable = arrived;
            wake();
        }
    }

    private void wake() {
        List<Waiter> woken = waiting.stream()
                .filter(waiter -> stopped != null || readable > waiter.beyond())
                .toList();
        waiting.removeAll(woken);
        Growth news = now();
        woken.forEach(waiter -> waiter.answer().tryComplete(news));
    }
}
