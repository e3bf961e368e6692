package dev.berth.serve.edge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An h2 client that sends just the frames it is told to, as no good client would. */
final class H2Socket implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final short INITIAL_WINDOW_SIZE = 4;
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SSLSocket socket;

    /** @param window bytes that each answer may have before the client says more */
    H2Socket(int port, int window) throws Exception {
        socket = (SSLSocket) Client.tls(null).getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(15_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.getOutputStream().write(PREFACE);
        frame(SETTINGS, 0, 0, ByteBuffer.allocate(6).putShort(INITIAL_WINDOW_SIZE).putInt(window).array());
    }

    void get(int stream, String path) throws IOException {
        frame(HEADERS, END_HEADERS | END_STREAM, stream, head(0x82, path));
    }

    /** Begins an upload without a length. */
    void post(int stream, String path) throws IOException {
        frame(HEADERS, END_HEADERS, stream, head(0x83, path));
    }

    void data(int stream, byte[] bytes) throws IOException {
        frame(DATA, 0, stream, bytes);
    }

    void allow(int stream, int bytes) throws IOException {
        frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    /** Reads what comes until a stream is reset, and says which. */
    int nextReset() throws IOException {
        return next(RST_STREAM);
    }

    /** Reads what comes until an answer begins, and says on which stream. */
    int nextHead() throws IOException {
        return next(HEADERS);
    }

    private int next(int type) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            int lengthAndType = in.readInt();
            in.readByte();
            int stream = in.readInt();
            in.readFully(new byte[lengthAndType >>> 8]);
            if ((lengthAndType & 0xff) == type) {
                return stream;
            }
        }
    }

    /** In HPACK: a method of the static table, https, and two names of it with values of our own. */
    private static byte[] head(int method, String path) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(new byte[] {(byte) method, (byte) 0x87, 0x04, (byte) path.length()});
        head.write(path.getBytes(StandardCharsets.US_ASCII));
        head.write(new byte[] {0x01, 1, 'x'});
        return head.toByteArray();
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
