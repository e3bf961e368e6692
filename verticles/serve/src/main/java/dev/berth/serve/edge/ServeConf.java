package dev.berth.serve.edge;

import java.nio.file.Path;

/**
 * Settings of the edge.
 *
 * @param listen HTTPS; default 0.0.0.0:8443
 * @param plain optional plain HTTP listener for what may be read in the open ({@link Face#mountPlain}); it sends the rest
 *     to HTTPS. Null for none, which is the default
 * @param management plain HTTP with {@code /metrics} and {@code /health}, or null for none; default 127.0.0.1:8444
 * @param unixSocket path of the socket with full local trust, or null for none; default {@code <data>/unix.socket}
 * @param dataFolder where the service keeps its bytes
 * @param certificate PEM file to serve instead of the self-made certificate, or null
 * @param key its private key (PEM, PKCS#8 or EC), or null
 * @param limits bounds on what one client can take
 * @param access what is private, and how often strangers may ask
 */
public record ServeConf(
        Endpoint listen,
        Endpoint plain,
        Endpoint management,
        Path unixSocket,
        Path dataFolder,
        Path certificate,
        Path key,
        EdgeLimits limits,
        AccessConf access) {
    public static final Endpoint DEFAULT_LISTEN = new Endpoint("0.0.0.0", 8443);
    public static final Endpoint DEFAULT_MANAGEMENT = new Endpoint("127.0.0.1", 8444);

    public ServeConf {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("certificate and key go together, got "
                    + (key == null ? "only a certificate: " + certificate : "only a key: " + key));
        }
    }

    /** Everything at its default. */
    public static ServeConf in(Path dataFolder) {
        return new ServeConf(
                DEFAULT_LISTEN,
                null,
                DEFAULT_MANAGEMENT,
                dataFolder.resolve("unix.socket"),
                dataFolder,
                null,
                null,
                EdgeLimits.DEFAULT,
                AccessConf.OPEN);
    }

    public ServeConf withListen(Endpoint other) {
        return new ServeConf(other, plain, management, unixSocket, dataFolder, certificate, key, limits, access);
    }

    public ServeConf withPlain(Endpoint other) {
        return new ServeConf(listen, other, management, unixSocket, dataFolder, certificate, key, limits, access);
    }

    public ServeConf withManagement(Endpoint other) {
        return new ServeConf(listen, plain, other, unixSocket, dataFolder, certificate, key, limits, access);
    }

    public ServeConf withLimits(EdgeLimits other) {
        return new ServeConf(listen, plain, management, unixSocket, dataFolder, certificate, key, other, access);
    }

    public ServeConf withAccess(AccessConf other) {
        return new ServeConf(listen, plain, management, unixSocket, dataFolder, certificate, key, limits, other);
    }

    /** Where the self-made certificate lives. */
    public Path keysFolder() {
        return dataFolder.resolve("keys");
    }
}
