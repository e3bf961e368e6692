package dev.berth.contract;

import dev.berth.image.BlobId;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What store answers: bytes by SHA-256, atomically and durably. Publish order: architecture 4. */
public final class StoreContract {
    /**
     * Write a byte stream into an exclusive staging file, reserving space as it grows. Answers when the stream ended.
     * After {@link Staged} the file belongs to the ticket until {@link #KEEP} or {@link #DROP}; after every other
     * answer nothing is left.
     */
    public static final Call<Stage, Staging> STAGE = Call.onThisNode("berth.store.stage", Stage.class, Duration.ofHours(24));

    /**
     * Make staged bytes durable under their SHA-256: force the file, rename, force the directory. A blob that is
     * already there counts as success. The blob is leased to the ticket, so that no deletion can take it, until
     * {@link #RELEASE}. A failed force is never retried: the staging file is dropped and the call fails.
     */
    public static final Call<Keep, Kept> KEEP = Call.onThisNode("berth.store.keep", Keep.class, Duration.ofMinutes(10));

    /** Throw staged bytes of a ticket away, whatever their state. Doing so twice, or for nothing, is fine. */
    public static final Call<Drop, Done> DROP = Call.onThisNode("berth.store.drop", Drop.class);

    /**
     * Lease blobs that are here already to a ticket, as {@link #KEEP} does for staged ones: for a second record of the
     * same bytes. Refused: NOT_FOUND when one of them is not here; then none is leased.
     */
    public static final Call<Lease, Answer<Done>> LEASE = Call.onThisNode("berth.store.lease", Lease.class);

    /** End the leases of a ticket. Doing so twice is fine. */
    public static final Call<Release, Done> RELEASE =
            Call.onThisNode("berth.store.release", Release.class);

    /** Where the bytes of a blob are. Cheap: at most one look at the file system. */
    public static final Call<Open, Opened> OPEN = Call.onThisNode("berth.store.open", Open.class);

    /** Numbers about disk and staging. */
    public static final Call<Survey, Surveyed> SURVEY =
            Call.onThisNode("berth.store.survey", Survey.class);

    private StoreContract() {}

    /**
     * @param ticket the transfer
     * @param stream data-plane address
     * @param expectedLength bytes announced by the producer, or -1; space for them is reserved before the first byte
     */
    public record Stage(String ticket, String stream, long expectedLength) {}

    /** {@link Staged}, {@link Full} or {@link Broken}. */
    public sealed interface Staging permits Staged, Full, Broken {
        default <T> T fold(
                Function<? super Staged, ? extends T> staged,
                Function<? super Full, ? extends T> full,
                Function<? super Broken, ? extends T> broken) {
            if (this instanceof Staged s) {
                return staged.apply(s);
            }
            return this instanceof Full f ? full.apply(f) : broken.apply((Broken) this);
        }
    }

    /**
     * @param stagingId names the staging file
     * @param length bytes written
     * @param path the staging file on this node, to be read only before {@link #KEEP} or {@link #DROP}: formats that
     *     need random access are looked at there
     */
    public record Staged(String stagingId, long length, String path) implements Staging {}

    /** No room: the text says how much was wanted and how much there was. */
    public record Full(String text) implements Staging {}

    /** The stream broke, or the disk did; the text says which and how. */
    public record Broken(String text) implements Staging {}

    /**
     * @param ticket the transfer, which gets the lease
     * @param stagingId from {@link Staged}
     * @param blob the SHA-256 that hash computed for these bytes
     */
    public record Keep(String ticket, String stagingId, BlobId blob) {}

    /** @param wasThere true when an equal blob was there already and the staged copy was dropped */
    public record Kept(BlobId blob, long length, boolean wasThere) {}

    public record Drop(String ticket) {}

    public record Lease(String ticket, List<BlobId> blobs) {}

    public record Release(String ticket) {}

    public record Open(BlobId blob) {}

    /** {@link Local} or {@link Missing}. */
    public sealed interface Opened permits Local, Missing {
        default <T> T fold(
                Function<? super Local, ? extends T> local, Function<? super Missing, ? extends T> missing) {
            return this instanceof Local l ? local.apply(l) : missing.apply((Missing) this);
        }
    }

    /** The blob is a whole file on this node. A later deletion unlinks it only after a grace time, so open it at once. */
    public record Local(String path, long length) implements Opened {}

    /** The blob is not here. */
    public record Missing(BlobId blob) implements Opened {}

    public record Survey() {}

    /**
     * @param blobs number of kept blobs
     * @param blobBytes their bytes
     * @param stagedBytes bytes in staging now
     * @param freeBytes what the file system says is free
     * @param leased blobs under lease
     */
    public record Surveyed(long blobs, long blobBytes, long stagedBytes, long freeBytes, List<BlobId> leased) {}
}
