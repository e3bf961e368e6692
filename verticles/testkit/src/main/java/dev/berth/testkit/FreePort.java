package dev.berth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback for servers that must know theirs before they listen. They lie below those that systems give away by
 * themselves, and none is given twice, so that nobody takes one before its server is up. Any thread.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int LAST = 25_000;
    /** Two builds on one machine begin at different places. */
    private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(FIRST, LAST));

    private FreePort() {}

    /** One where nobody listens just now. */
    public static int next() {
        int port = NEXT.getAndIncrement();
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (BindException taken) {
            return next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
