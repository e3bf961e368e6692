package dev.berth.serve.download;

import dev.berth.serve.download.Shelf.Kept;
import dev.berth.serve.edge.GrowingFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** One conversion that runs or waits for its turn, and everybody who reads what it has made so far. Any thread. */
final class Conversion implements GrowingFile {
    /** An archive of nothing: readers of xz take any number of archives one after the other for one. */
    private static final byte[] NOTHING = nothing();

    private final List<Promise<Long>> waiting = new ArrayList<>();
    private final Promise<Kept> finished = Promise.promise();
    private final Path part;
    private Path file;
    private long written;
    private boolean whole;
    private Throwable failure;

    /** @param part the file that will be written */
    Conversion(Path part) {
        this.part = part;
        this.file = part;
    }

    /** The file in the making. */
    Path part() {
        return part;
    }

    @Override
    public synchronized FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public synchronized Future<Long> after(long beyond) {
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        if (written > beyond || whole) {
            return Future.succeededFuture(written);
        }
        Promise<Long> more = Promise.promise();
        waiting.add(more);
        return more.future();
    }

    @Override
    public byte[] filler() {
        return NOTHING.clone();
    }

    void grew(int bytes) {
        List<Promise<Long>> woken;
        long length;
        synchronized (this) {
            written += bytes;
            length = written;
            woken = woken();
        }
        woken.forEach(waiter -> waiter.tryComplete(length));
    }

    /** What gives the file its final name; nobody opens it meanwhile. */
    interface Naming {
        Kept name() throws IOException;
    }

    /** Completes with the finished file; fails when it will never be whole. */
    Future<Kept> finished() {
        return finished.future();
    }

    /** The file is whole. Readers that come from now on find it under its final name. */
    void end(Naming naming) throws IOException {
        List<Promise<Long>> woken;
        Kept kept;
        synchronized (this) {
            kept = naming.name();
            file = kept.file();
            whole = true;
            woken = woken();
        }
        woken.forEach(waiter -> waiter.tryComplete(written));
        finished.complete(kept);
    }

    /** It will never be whole. */
    void fail(Throwable cause) {
        List<Promise<Long>> woken;
        synchronized (this) {
            failure = cause;
            woken = woken();
        }
        woken.forEach(waiter -> waiter.tryFail(cause));
        finished.tryFail(cause);
    }

    private List<Promise<Long>> woken() {
        List<Promise<Long>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private static byte[] nothing() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new XZOutputStream(bytes, new LZMA2Options(0)).finish();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
