package dev.berth.contract;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What fetch answers: it is the only feature that talks to other servers. Every address is checked before the first
 * packet, every byte is hashed on its way, every wait has an end.
 */
public final class FetchContract {
    /**
     * What a server offers under a name. Refused: NOT_FOUND when the server has no such image, INVALID when the
     * request or the server's answer makes no sense, FORBIDDEN when its address is off limits, UNAVAILABLE when it
     * cannot be reached ("Unable to connect to …" and "Cannot connect to …" both stand in the text, rest-api 3.5).
     */
    public static final Call<Resolve, Answer<Offer>> RESOLVE =
            Call.of("berth.fetch.resolve", Resolve.class, Duration.ofMinutes(2));

    /**
     * Opens the data-plane streams of an offer on this node and sends the files into them once all readers are there.
     * Answers when the streams are open. Whatever goes wrong later ends the streams as failed, with a text that names
     * both sides of the disagreement; they never end short.
     */
    public static final Call<Download, Answer<Opened>> DOWNLOAD =
            Call.onThisNode("berth.fetch.download", Download.class, Duration.ofMinutes(2));

    /**
     * Sends an image to another server with an upload token of that server, and answers when it is kept over there
     * (rest-api 3.6). Refused: as {@link #RESOLVE}; INVALID with the other server's words when it does not want it.
     */
    public static final Call<Push, Answer<Done>> PUSH =
            Call.onThisNode("berth.fetch.push", Push.class, Duration.ofHours(24));

    /** How far a download or a push is; at most a few a second. */
    public static final Notice<Progress> PROGRESS = Notice.of("berth.fetch.progress", Progress.class);

    private FetchContract() {}

    /**
     * Another server.
     *
     * @param server base URL, or the URL of a direct import
     * @param protocol {@code lxd}, {@code incus}, {@code simplestreams} or {@code direct}; empty means {@code lxd}
     * @param certificate PEM of the one certificate the server must present, or empty for the trusted authorities
     * @param secret a one-time secret for a private image, or empty
     * @param project the project to look in over there, or empty
     */
    public record Source(String server, String protocol, String certificate, String secret, String project) {}

    /**
     * @param name alias, fingerprint, or a prefix of one
     * @param type wanted type, or null for whatever it is (container first)
     * @param architecture wanted architecture, or null for that of the server
     */
    public record Resolve(Source source, String name, ImageType type, Architecture architecture) {}

    /**
     * What the server says it has.
     *
     * @param fingerprint identity the bytes must prove
     * @param alias the name as asked, when it was an alias; else empty
     * @param type container or virtual machine
     * @param architecture kernel personality
     * @param properties all properties, complete
     * @param aliases all its names over there
     * @param filename its file name over there, or empty
     * @param visible public over there
     * @param size bytes of all files, or -1 when unknown
     * @param createdAt as the server tells, or null to take that of the metadata
     * @param expiresAt as the server tells, or null to take that of the metadata
     * @param files one or two, in fingerprint order; empty when only the download will tell
     */
    public record Offer(
            Fingerprint fingerprint,
            String alias,
            ImageType type,
            Architecture architecture,
            Map<String, String> properties,
            List<Alias> aliases,
            String filename,
            boolean visible,
            long size,
            Instant createdAt,
            Instant expiresAt,
            List<OfferedFile> files) {}

    /**
     * @param path URL or path relative to the server's base
     * @param size bytes, or -1
     * @param sha256 lower-case hex, or empty when the server does not say
     * @param deltas cheaper ways to the same bytes, best first
     */
    public record OfferedFile(String path, long size, String sha256, List<OfferedDelta> deltas) {}

    /**
     * A VCDIFF that turns a file we may hold into the wanted one.
     *
     * @param base SHA-256 of the file it starts from
     */
    public record OfferedDelta(String path, long size, String sha256, String base) {}

    /** @param ticket names this transfer everywhere */
    public record Download(String ticket, Source source, Offer offer) {}

    /**
     * @param ticket names this transfer everywhere
     * @param target the other server; its secret is that of the upload token
     * @param image what is sent; its blobs are here
     * @param profiles names over there, or null for its default
     */
    public record Push(String ticket, Source target, Image image, List<String> profiles) {}

    /** @param streams data-plane addresses in fingerprint order; each waits for three readers: hash, store and intake */
    public record Opened(List<String> streams) {}

    /**
     * @param ticket the transfer
     * @param stage what is going on, for people, for example {@code rootfs}; may be empty
     * @param bytes fetched so far, over all files
     * @param total bytes to fetch, or -1
     * @param bytesPerSecond recent rate
     */
    public record Progress(String ticket, String stage, long bytes, long total, long bytesPerSecond) {}
}
