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
import java.util.function.Function;

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
     * Everything a server lists, as current as it can be had: when the server cannot answer, the list it gave before,
     * which survives a restart. Refused: as {@link #RESOLVE}; INVALID when the list is beyond what is read.
     */
    public static final Call<ReadCatalogue, Answer<Catalogued>> CATALOGUE =
            Call.onThisNode("berth.fetch.catalogue", ReadCatalogue.class, Duration.ofMinutes(5));

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
     * @param ourselves whether we say there who we are: what is private over there may be open to us. Only where an
     *     administrator asks, because it is not open to everybody here.
     */
    public record Source(
            String server, String protocol, String certificate, String secret, String project, boolean ourselves) {

        /** One that is asked by a stranger. */
        public Source(String server, String protocol, String certificate, String secret, String project) {
            this(server, protocol, certificate, secret, project, false);
        }
    }

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

    /**
     * @param known version of the list that the asker has, or empty
     * @param fresh a list younger than this is not asked for again
     */
    public record ReadCatalogue(Source source, String known, Duration fresh) {}

    /** {@link Catalogue}, or {@link Unchanged} when the asker has it already. */
    public sealed interface Catalogued permits Catalogue, Unchanged {
        default <T> T fold(
                Function<? super Catalogue, ? extends T> catalogue, Function<? super Unchanged, ? extends T> unchanged) {
            return this instanceof Catalogue c ? catalogue.apply(c) : unchanged.apply((Unchanged) this);
        }
    }

    /**
     * @param version differs from that of every other list
     * @param asked when the server last said that this is its list
     * @param stale why the server could not be asked this time, or empty
     * @param images newest version of each product first
     */
    public record Catalogue(String version, Instant asked, String stale, List<Listed> images) implements Catalogued {}

    /** The list is still {@code version}; the rest as in {@link Catalogue}. */
    public record Unchanged(String version, Instant asked, String stale) implements Catalogued {}

    /**
     * @param offer the image; its aliases are all the names it goes by, whoever asks
     * @param place where it stands in a stream, or null when the server is none
     */
    public record Listed(Offer offer, StreamPlace place) {}

    /**
     * Where an image stands in a stream (formats 3).
     *
     * @param product shared by all images of it
     * @param serial the version
     * @param label of the version, may be empty
     * @param root {@code ftype} of the second file, or empty for a unified image
     * @param incus listed for Incus only, in its words
     */
    public record StreamPlace(StreamProduct product, String serial, String label, String root, boolean incus) {}

    /** A product of a stream, in the stream's own words (formats 3.3). {@code lxdRequirements} is null when absent. */
    public record StreamProduct(
            String key,
            String os,
            String release,
            String releaseTitle,
            String version,
            String variant,
            String arch,
            String supportEol,
            List<String> aliases,
            Map<String, String> requirements,
            Map<String, String> lxdRequirements) {}

    /** @param ticket names this transfer everywhere */
    public record Download(String ticket, Source source, Offer offer) {}

    /**
     * @param ticket names this transfer everywhere: in {@link #PROGRESS} too
     * @param target the other server; its secret is that of the upload token
     * @param image what is sent; its blobs are here
     * @param profiles names over there, or null for its default
     */
    public record Push(String ticket, Source target, Image image, List<String> profiles) {}

    /**
     * @param streams data-plane addresses in fingerprint order; each waits for three readers: hash, store and intake; a
     *     complete one ends with {@link StreamLabels#SHA256}
     */
    public record Opened(List<String> streams) {}

    /**
     * @param ticket the transfer
     * @param stage what is going on, for people, for example {@code rootfs}; may be empty
     * @param bytes fetched or pushed so far, over all files
     * @param total bytes in all, or -1
     * @param bytesPerSecond recent rate
     */
    public record Progress(String ticket, String stage, long bytes, long total, long bytesPerSecond) {}
}
