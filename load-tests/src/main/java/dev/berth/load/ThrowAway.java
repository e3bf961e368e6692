package dev.berth.load;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A TCP connection of IPv4 that can let the kernel throw away what comes: it is received, acknowledged and counted, but not
 * copied. Clients have machines of their own; here they share one with what is measured, and copying was most of
 * what they cost. Blocking; one thread. Linux only: {@code MSG_TRUNC} of tcp(7).
 */
final class ThrowAway implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int MSG_TRUNC = 0x20;
    private static final int MOST = 256 << 10;
    /** What the kernel is told to write to, and does not. */
    private static final Memory NOWHERE = new Memory(MOST);

    static {
        Native.register("c");
    }

    private final int socket;

    ThrowAway(InetSocketAddress server) throws IOException {
        socket = socket(AF_INET, SOCK_STREAM, 0);
        byte[] address = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_INET)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) server.getPort())
                .put(server.getAddress().getAddress())
                .array();
        try {
            connect(socket, address, address.length);
        } catch (LastErrorException e) {
            close();
            throw new IOException("no connection to " + server + ": " + e.getMessage(), e);
        }
    }

    private static native int socket(int domain, int type, int protocol) throws LastErrorException;

    private static native int connect(int socket, byte[] address, int length) throws LastErrorException;

    private static native long send(int socket, byte[] bytes, long length, int flags) throws LastErrorException;

    private static native long recv(int socket, byte[] bytes, long length, int flags) throws LastErrorException;

    private static native long recv(int socket, Pointer bytes, long length, int flags) throws LastErrorException;

    private static native int close(int socket) throws LastErrorException;

    void write(byte[] bytes) throws IOException {
        if (send(socket, bytes, bytes.length, 0) != bytes.length) {
            throw new IOException("a request of " + bytes.length + " bytes did not fit into the socket");
        }
    }

    /** How many came, or 0 at the end. */
    int read(byte[] into) {
        return (int) recv(socket, into, into.length, 0);
    }

    /** How many came and were thrown away, or 0 at the end. */
    long skip() {
        return recv(socket, NOWHERE, MOST, MSG_TRUNC);
    }

    @Override
    public void close() {
        close(socket);
    }
}
