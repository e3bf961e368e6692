package dev.berth.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One request on a unix socket, as cheaply as a client can ask: a file is sent by the kernel without being copied. For what is
 * timed; the rest is done with curl.
 */
final class UnixHttp implements AutoCloseable {
    private static final int MOST_ANSWER = 64 << 10;
    private static final String CLOSING = " HTTP/1.1\r\nHost: unix\r\nConnection: close\r\n";

    private final SocketChannel channel;

    UnixHttp(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    void get(String path) throws IOException {
        write("GET " + path + CLOSING + "\r\n");
    }

    void post(String path, String json) throws IOException {
        head(path, json.length(), "Content-Type: application/json\r\n");
        write(json);
    }

    /** @param headers each with its end of line */
    void post(String path, Path file, String headers) throws IOException {
        try (FileChannel from = FileChannel.open(file)) {
            long length = from.size();
            head(path, length, "Content-Type: application/octet-stream\r\n" + headers);
            long at = 0;
            while (at < length) {
                at += from.transferTo(at, length - at, channel);
            }
        }
    }

    /** The JSON of the answer. The server closes after it. */
    String answer() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_ANSWER);
        while (channel.read(bytes) >= 0) {
            if (!bytes.hasRemaining()) {
                throw new IOException("expected an answer of less than " + MOST_ANSWER + " bytes");
            }
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        if (!text.startsWith("HTTP/1.1 20")) {
            throw new EOFException("expected an answer of 200 or 202, got: " + text);
        }
        return text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void head(String path, long length, String headers) throws IOException {
        write("POST " + path + CLOSING + "Content-Length: " + length + "\r\n" + headers + "\r\n");
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
