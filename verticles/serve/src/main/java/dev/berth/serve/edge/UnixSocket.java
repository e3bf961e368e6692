package dev.berth.serve.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The socket with full local trust: whoever may open the file is an administrator. */
final class UnixSocket {
    private final Vertx vertx;
    private final Path path;

    UnixSocket(Vertx vertx, Path path) {
        this.vertx = vertx;
        this.path = path;
    }

    /** Listens, after removing what a killed process left. Fails when another process listens there. */
    Future<HttpServer> listen(HttpServer server) {
        return vertx.executeBlocking(this::clear)
                .compose(cleared -> server.listen(SocketAddress.domainSocketAddress(path.toString())))
                .compose(listening -> vertx.executeBlocking(this::restrict).map(listening));
    }

    Future<Void> remove() {
        return vertx.executeBlocking(() -> {
            Files.deleteIfExists(path);
            return null;
        });
    }

    private Void clear() throws IOException {
        if (Files.exists(path) && isAnswered()) {
            throw new IOException("another process listens on " + path + "; stop it, or use another data folder");
        }
        Files.deleteIfExists(path);
        return null;
    }

    private boolean isAnswered() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobodyThere) {
            return false;
        }
    }

    private Void restrict() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return null;
    }
}
