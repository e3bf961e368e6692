package dev.berth.serve.lxd.server;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A reader of the event stream that keeps what it got. */
final class Frames implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> pinged = new CompletableFuture<>();
    final CountDownLatch pingedTwice = new CountDownLatch(2);
    private final StringBuilder partial = new StringBuilder();

    /** The next text frame, or null when none comes for 10 s. */
    String next() throws InterruptedException {
        return texts.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            texts.add(partial.toString());
            partial.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        pinged.complete(null);
        pingedTwice.countDown();
        socket.request(1);
        return null;
    }
}
