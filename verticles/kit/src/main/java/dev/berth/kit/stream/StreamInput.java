package dev.berth.kit.stream;

import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A byte stream as a blocking {@link InputStream}, for decoders that run on a worker thread.
 *
 * <p>Made on the inlet's context, read on exactly one other thread. Bytes count as worked off when they were read, so
 * a slow decoder slows the producer, and no more than the stream's window is ever held here. {@link #close()} leaves
 * the stream to the others. A stream that breaks makes {@link #read} throw an {@link IOException} with its reason.
 */
public final class StreamInput extends InputStream {
    private static final long LOOK_EVERY_MILLIS = 50;

    private final Context context;
    private final StreamInlet inlet;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private byte[] current = {};
    private int position;
    private End end;
    private BooleanSupplier wantedElsewhere = () -> false;
    private long patienceNanos;
    private long waitedNanos;

    public StreamInput(Context context, StreamInlet inlet) {
        this.context = context;
        this.inlet = inlet;
        inlet.ended().onSuccess(how -> queue.add(new Item(null, how)));
        inlet.creditByHand().handler(bytes -> queue.add(new Item(bytes, null)));
    }

    /**
     * Bounds how long the reading thread waits for bytes, all its waits together, while it is wanted elsewhere; then {@link
     * #read} throws {@link SlowSender}. Without this it waits for as long as the stream lasts.
     */
    public StreamInput patience(Duration most, BooleanSupplier wantedElsewhere) {
        this.patienceNanos = most.toNanos();
        this.wantedElsewhere = wantedElsewhere;
        return this;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == current.length && end == null) {
            next();
        }
        if (position == current.length) {
            return endOfStream();
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        if (position == current.length) {
            workedOff(current.length);
        }
        return count;
    }

    /** Leaves the stream; it goes on for its other consumers. */
    @Override
    public void close() {
        context.runOnContext(go -> inlet.detach());
    }

    private void next() throws IOException {
        try {
            Item item = await();
            end = item.end;
            current = item.bytes == null ? new byte[0] : item.bytes.getBytes();
            position = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for bytes", e);
        }
    }

    private Item await() throws InterruptedException, SlowSender {
        Item item = queue.poll();
        while (item == null) {
            if (waitedNanos >= patienceNanos && wantedElsewhere.getAsBoolean()) {
                throw new SlowSender();
            }
            long begun = System.nanoTime();
            item = queue.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            waitedNanos += System.nanoTime() - begun;
        }
        return item;
    }

    private int endOfStream() throws IOException {
        if (end instanceof Complete) {
            return -1;
        }
        throw new IOException(new StreamBroken(end).getMessage());
    }

    private void workedOff(int bytes) {
        context.runOnContext(go -> inlet.workedOff(bytes));
    }

    /** Bytes, or the end after them. */
    private record Item(Buffer bytes, End end) {}
}
