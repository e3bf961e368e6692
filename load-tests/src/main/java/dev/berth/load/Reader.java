package dev.berth.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;

/** One client that downloads one file over plain HTTP and throws it away: it must cost as little as a client can. */
final class Reader implements Callable<Reader.Seen> {
    private static final String HEAD_END = "\r\n\r\n";
    private static final int FIRST_READ = 16 << 10;

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
        try (ThrowAway socket = new ThrowAway(new InetSocketAddress(url.getHost(), url.getPort()))) {
            long start = System.nanoTime();
            socket.write(request().getBytes(StandardCharsets.US_ASCII));
            long got = readHead(socket);
            if (got == 0) {
                got = more(socket);
            }
            double firstByte = (System.nanoTime() - start) / 1e9;
            while (got < length) {
                got += more(socket);
            }
            return new Seen(firstByte, System.currentTimeMillis());
        }
    }

    private String request() {
        return "GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nConnection: close\r\n\r\n";
    }

    private static long more(ThrowAway socket) throws IOException {
        long count = socket.skip();
        if (count == 0) {
            throw new EOFException("the answer ended early");
        }
        return count;
    }

    /** Reads to the end of the head; how much of the body came with it. */
    private long readHead(ThrowAway socket) throws IOException {
        byte[] bytes = new byte[FIRST_READ];
        StringBuilder text = new StringBuilder();
        int end = -1;
        while (end < 0) {
            int count = socket.read(bytes);
            if (count == 0) {
                throw new EOFException("no answer");
            }
            text.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            end = text.indexOf(HEAD_END);
        }
        check(text.substring(0, end + HEAD_END.length()));
        return text.length() - end - HEAD_END.length();
    }

    private void check(String head) throws IOException {
        boolean good = head.startsWith("HTTP/1.1 200")
                && head.toLowerCase(Locale.ROOT).contains("content-length: " + length + "\r\n");
        if (!good) {
            throw new IOException("expected 200 with " + length + " bytes from " + url + ", got: " + head);
        }
    }
}
