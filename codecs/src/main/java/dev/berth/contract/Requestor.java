package dev.berth.contract;

/**
 * Who caused a change, as lifecycle events tell it (rest-api 4.5).
 *
 * @param username certificate fingerprint, {@code root} on the unix socket, empty for strangers and for Berth itself
 * @param protocol {@code tls}, {@code unix} or {@code internal}
 * @param address the peer as {@code ip:port}
 */
public record Requestor(String username, String protocol, String address) {
    /** Berth itself: expiry, refresh, start-up. */
    public static final Requestor BERTH = new Requestor("", "internal", "");
}
