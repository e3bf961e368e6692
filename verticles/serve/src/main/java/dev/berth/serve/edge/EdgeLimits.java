package dev.berth.serve.edge;

import java.time.Duration;

/**
 * Bounds on what one client can take.
 *
 * @param idle how long a connection without a request stays open
 * @param headers how long a client may take to send the head of its first request
 * @param handshake how long a TLS handshake may take
 * @param stall how long a client may read nothing of a response that waits for it
 * @param headerBytes most bytes of a request's head; upload properties travel in headers, so this is generous
 * @param headerCount most header lines
 * @param bodyGrace how long an upload may be slower than {@code bodyBytesPerSecond}
 * @param bodyBytesPerSecond the slowest upload that is tolerated after the grace time
 * @param connections most connections; 0 derives it from the descriptor limit
 * @param connectionsPerAddress most connections of one address; 0 for no such limit
 * @param drain how long stopping waits for running responses
 */
public record EdgeLimits(
        Duration idle,
        Duration headers,
        Duration handshake,
        Duration stall,
        int headerBytes,
        int headerCount,
        Duration bodyGrace,
        int bodyBytesPerSecond,
        int connections,
        int connectionsPerAddress,
        Duration drain) {
    public static final EdgeLimits DEFAULT = new EdgeLimits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(8),
            Duration.ofSeconds(60),
            64 << 10,
            128,
            Duration.ofSeconds(20),
            1024,
            0,
            0,
            Duration.ofSeconds(30));

    public EdgeLimits {
        positive("idle", idle);
        positive("headers", headers);
        positive("handshake", handshake);
        positive("stall", stall);
        positive("drain", drain);
        atLeast("header-bytes", headerBytes, 4096);
        atLeast("header-count", headerCount, 16);
        atLeast("body-bytes-per-second", bodyBytesPerSecond, 0);
        atLeast("connections", connections, 0);
        atLeast("connections-per-address", connectionsPerAddress, 0);
        if (bodyGrace.isNegative()) {
            throw new IllegalArgumentException("limits.body-grace must not be negative, got " + bodyGrace);
        }
    }

    /** The same, but for somebody who must be gone soon. */
    EdgeLimits hurried(Duration most) {
        return new EdgeLimits(
                most, most, most, most, headerBytes, headerCount, most, bodyBytesPerSecond, connections,
                connectionsPerAddress, drain);
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("limits." + key + " must be longer than nothing, got " + value);
        }
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("limits." + key + " must be at least " + least + ", got " + value);
        }
    }
}
