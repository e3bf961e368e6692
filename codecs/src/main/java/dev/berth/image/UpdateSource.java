package dev.berth.image;

/**
 * Where an image came from and is kept up to date from; recorded only when an alias is followed (rest-api 3.5).
 *
 * @param server base URL of the other server
 * @param protocol {@code lxd}, {@code incus}, {@code simplestreams} or {@code direct}
 * @param certificate PEM of the pinned certificate, or empty for the system's authorities
 * @param alias the followed alias
 * @param imageType wire name of the wanted type, or empty
 * @param ourselves whether we say there who we are; clients are not told
 */
public record UpdateSource(
        String server, String protocol, String certificate, String alias, String imageType, boolean ourselves) {

    /** One that is asked by a stranger. */
    public UpdateSource(String server, String protocol, String certificate, String alias, String imageType) {
        this(server, protocol, certificate, alias, imageType, false);
    }
}
