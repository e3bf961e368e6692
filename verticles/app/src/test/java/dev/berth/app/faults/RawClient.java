package dev.berth.app.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * A client that writes what a test says, byte by byte: plain HTTP over the unix socket, one connection per request, no
 * path made better on the way. Any thread.
 */
final class RawClient {
    private static final int PIECE = 64 << 10;

    private final Path socket;

    RawClient(Path socket) {
        this.socket = socket;
    }

    Reply get(String target) throws IOException {
        return send("GET", target, Map.of(), new byte[0]);
    }

    Reply sendJson(String method, String target, String json) throws IOException {
        return send(method, target, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a whole request and reads the whole answer, also when it comes before the request's end. */
    Reply send(String method, String target, Map<String, String> headers, byte[] body) throws IOException {
        try (SocketChannel channel = begin(method, target, headers, body.length)) {
            write(channel, body, 0, body.length);
            return Reply.parse(readAll(channel));
        }
    }

    /** Connects and sends the head of a request whose body will have this many bytes. */
    SocketChannel begin(String method, String target, Map<String, String> headers, long length) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: berth\r\nConnection: close\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (length > 0 || method.startsWith("P")) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        SocketChannel channel = connect();
        write(channel, bytes, 0, bytes.length);
        return channel;
    }

    SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    static void write(SocketChannel channel, byte[] bytes, int from, int to) throws IOException {
        for (int at = from; at < to; at += PIECE) {
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(PIECE, to - at));
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
    }

    static byte[] readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (channel.read(piece) >= 0) {
            all.write(piece.array(), 0, piece.position());
            piece.clear();
        }
        return all.toByteArray();
    }
}
