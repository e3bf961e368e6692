package dev.berth.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;

/** One client that downloads one file over plain HTTP and throws it away: it must cost as little as a client can. */
final class Reader implements Callable<Reader.Seen> {
    private static final int HEAD_END = 0x0d0a0d0a;

    private final URI url;
    private final long length;

    /** @param length what the body must have */
    Reader(String url, long length) {
        this.url = URI.create(url);
        this.length = length;
    }

    /**
     * @param firstByteSeconds from the request to the first byte of the body
     * @param endedMillis clock time of the last byte
     */
    record Seen(double firstByteSeconds, long endedMillis) {}

    @Override
    public Seen call() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(256 << 10);
        try (SocketChannel socket = SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()))) {
            long start = System.nanoTime();
            socket.write(ByteBuffer.wrap(request().getBytes(StandardCharsets.US_ASCII)));
            long got = readHead(socket, bytes);
            while (got == 0) {
                got = read(socket, bytes);
            }
            double firstByte = (System.nanoTime() - start) / 1e9;
            while (got < length) {
                got += read(socket, bytes);
            }
            return new Seen(firstByte, System.currentTimeMillis());
        }
    }

    private String request() {
        return "GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nConnection: close\r\n\r\n";
    }

    private static int read(SocketChannel socket, ByteBuffer bytes) throws IOException {
        bytes.clear();
        int count = socket.read(bytes);
        if (count < 0) {
            throw new EOFException("the answer ended early");
        }
        return count;
    }

    /** Reads to the end of the head; how much of the body came with it. */
    private long readHead(SocketChannel socket, ByteBuffer bytes) throws IOException {
        bytes.clear();
        int end = -1;
        while (end < 0) {
            if (socket.read(bytes) < 0) {
                throw new EOFException("no answer");
            }
            end = headEnd(bytes);
        }
        byte[] head = new byte[end];
        bytes.get(0, head);
        check(new String(head, StandardCharsets.US_ASCII));
        return bytes.position() - end;
    }

    private static int headEnd(ByteBuffer bytes) {
        for (int at = 0; at + 4 <= bytes.position(); at++) {
            if (bytes.getInt(at) == HEAD_END) {
                return at + 4;
            }
        }
        return -1;
    }

    private void check(String head) throws IOException {
        boolean good = head.startsWith("HTTP/1.1 200")
                && head.toLowerCase(Locale.ROOT).contains("content-length: " + length + "\r\n");
        if (!good) {
            throw new IOException("expected 200 with " + length + " bytes from " + url + ", got: " + head);
        }
    }
}
