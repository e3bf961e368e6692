package dev.berth.contract;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageType;
import dev.berth.image.UpdateSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What intake answers: it conducts one image's way in. */
public final class IntakeContract {
    /**
     * Take an image in from byte streams that already exist on this node. Answers when the image is listed and durable,
     * or when it was refused and nothing of it is left. The streams' own stall limits end the wait much earlier than
     * the call's limit.
     */
    public static final Call<Arrive, Answer<Arrival>> ARRIVE = Call.onThisNode("berth.intake.arrive", Arrive.class, Duration.ofHours(24));

    /**
     * Bring an image here from another server. Callers that want the same at the same time share one transfer and get
     * the same answer or the same refusal; one that leaves kills nothing that others want.
     */
    public static final Call<Bring, Answer<Arrival>> BRING =
            Call.onThisNode("berth.intake.bring", Bring.class, Duration.ofHours(24));

    /**
     * What {@code lxc launch} does: have the image a name stands for. Looks whether a cached one is still current (not
     * when named by fingerprint), fetches when needed, notes the use.
     */
    public static final Call<Obtain, Answer<Obtained>> OBTAIN =
            Call.onThisNode("berth.intake.obtain", Obtain.class, Duration.ofHours(24));

    /**
     * List an image of another project here too: the records share their bytes. The asker answers for the right to see
     * it. Refused: NOT_FOUND when the bytes are gone.
     */
    public static final Call<Share, Answer<Arrival>> SHARE =
            Call.onThisNode("berth.intake.share", Share.class, Duration.ofMinutes(2));

    /** How far a {@link #BRING} or {@link #OBTAIN} is, for each of its watchers. */
    public static final Notice<Watched> WATCHED = Notice.of("berth.intake.watched", Watched.class);

    /** A watcher is no longer interested. The last one of a transfer that only serves watchers stops it. */
    public static final Notice<Leave> LEAVE = Notice.of("berth.intake.leave", Leave.class);

    private IntakeContract() {}

    /**
     * @param ticket names this transfer everywhere: staging, leases, logs
     * @param project the project that will own the record
     * @param streams data-plane addresses in fingerprint order: one for a unified image, two (metadata, rootfs) for a split one
     * @param claims what the sender says about the image
     * @param length bytes that a single stream will bring, as its sender announced, or -1
     */
    public record Arrive(String ticket, String project, List<String> streams, Claims claims, long length) {
        /** Of streams whose length nobody announced. */
        public Arrive(String ticket, String project, List<String> streams, Claims claims) {
            this(ticket, project, streams, claims, -1);
        }
    }

    /**
     * What the sender says about an image beyond its bytes.
     *
     * @param filename the name given, may be empty; its folders are left out, and a rootfs part's
     *     {@link StreamLabels#FILENAME} wins over it
     * @param visible public or not
     * @param autoUpdate follows its source
     * @param cached fetched for a use
     * @param properties laid over those of the metadata
     * @param profiles profile names; null means {@code ["default"]}
     * @param aliases created in the same commit as the record; a clash refuses the whole
     * @param expected the fingerprint the bytes must have, or null
     * @param expiresAt overrides {@code expiry_date}, or null
     * @param source where it is updated from, or null
     * @param requestor who asked, for events
     * @param incus the sender speaks Incus' dialect, in which lz4 is a known compression (formats 1.2)
     * @param createdAt overrides {@code creation_date}, or null
     * @param complete what is claimed is all there is: the properties are not laid over those of the metadata but stand in
     *     their place, and the filename wins over that of the stream (an image another server describes)
     */
    public record Claims(
            String filename,
            boolean visible,
            boolean autoUpdate,
            boolean cached,
            Map<String, String> properties,
            List<String> profiles,
            List<Alias> aliases,
            Fingerprint expected,
            Instant expiresAt,
            UpdateSource source,
            Requestor requestor,
            boolean incus,
            Instant createdAt,
            boolean complete) {

        public Claims {
            filename = filename == null ? null : filename.substring(filename.lastIndexOf('/') + 1);
        }

        /** Claims of an upload: what it does not say, the metadata says. */
        public Claims(
                String filename,
                boolean visible,
                boolean autoUpdate,
                boolean cached,
                Map<String, String> properties,
                List<String> profiles,
                List<Alias> aliases,
                Fingerprint expected,
                Instant expiresAt,
                UpdateSource source,
                Requestor requestor,
                boolean incus) {
            this(
                    filename, visible, autoUpdate, cached, properties, profiles, aliases, expected, expiresAt, source,
                    requestor, incus, null, false);
        }
    }

    /** How an arrival ended well. */
    public sealed interface Arrival permits Arrived, AlreadyHere {
        default <T> T fold(
                Function<? super Arrived, ? extends T> arrived,
                Function<? super AlreadyHere, ? extends T> alreadyHere) {
            return this instanceof Arrived a ? arrived.apply(a) : alreadyHere.apply((AlreadyHere) this);
        }
    }

    /** The image is kept and listed. */
    public record Arrived(Image image) implements Arrival {}

    /** The project has an image with this fingerprint already; nothing was changed. */
    public record AlreadyHere(Fingerprint fingerprint, long size) implements Arrival {}

    /**
     * @param source where from
     * @param name alias or fingerprint over there
     * @param type wanted type, or null
     * @param architecture wanted architecture, or null
     * @param project who will own the record
     * @param claims what the asker says about it; properties are laid over the offered ones, a null filename means the
     *     offered one, and without a source the place it comes from is recorded when a name is followed (rest-api 3.5)
     * @param copyAliases also create the offered aliases
     * @param watcher names the asker in {@link #WATCHED}, usually an operation; or empty
     */
    public record Bring(
            FetchContract.Source source,
            String name,
            ImageType type,
            Architecture architecture,
            String project,
            Claims claims,
            boolean copyAliases,
            String watcher) {}

    /**
     * As {@link Bring}; the image is {@code cached}.
     *
     * @param offer what the source is known to offer under that name, so that it need not be asked again; or null. Its
     *     alias is followed
     */
    public record Obtain(
            FetchContract.Source source,
            String name,
            ImageType type,
            Architecture architecture,
            String project,
            String watcher,
            Requestor requestor,
            FetchContract.Offer offer) {

        /** Of a source that is asked what it offers. */
        public Obtain(
                FetchContract.Source source,
                String name,
                ImageType type,
                Architecture architecture,
                String project,
                String watcher,
                Requestor requestor) {
            this(source, name, type, architecture, project, watcher, requestor, null);
        }
    }

    /**
     * @param image a record of another project
     * @param project who will own the new record
     * @param claims what the asker says about it; properties are laid over those of the image
     * @param copyAliases also create the aliases of the image
     */
    public record Share(Image image, String project, Claims claims, boolean copyAliases) {}

    /** @param how {@code cached}, {@code current}, {@code fetched} or {@code stale} (the source could not be asked) */
    public record Obtained(Image image, String how) {}

    /** @param progress as clients print it, for example {@code rootfs: 15% (96.57MB/s)} (rest-api 4.4) */
    public record Watched(String watcher, String progress) {}

    public record Leave(String watcher) {}
}
