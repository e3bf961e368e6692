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
     * Refused: FULL when the disk has no room after all.
     */
    public static final Call<Keep, Answer<Kept>> KEEP = Call.onThisNode("berth.store.keep", Keep.class, Duration.ofMinutes(10));

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

    /** Where the bytes of a blob are. Cheap: at most one look at the file system, unless the asker has patience. */
    public static final Call<Open, Opened> OPEN =
            Call.onThisNode("berth.store.open", Open.class, Duration.ofMinutes(2));

    /**
     * Wait until more of a {@link Growing} blob may be read. Answers at once when there is more already, and after half
     * a minute without news with what was known before.
     */
    public static final Call<Follow, Growth> FOLLOW =
            Call.onThisNode("berth.store.follow", Follow.class, Duration.ofMinutes(2));

    /** Numbers about disk and staging. */
    public static final Call<Survey, Surveyed> SURVEY =
            Call.onThisNode("berth.store.survey", Survey.class);

    private StoreContract() {}

    /**
     * @param ticket the transfer
     * @param stream data-plane address
     * @param expectedLength bytes announced by the producer, or -1; space for them is reserved before the first byte
     * @param promised the SHA-256 that the producer proves before it ends the stream as complete, or null; with it and a
     *     length, the blob is {@link Growing} from now on
     */
    public record Stage(String ticket, String stream, long expectedLength, BlobId promised) {
        /** Bytes of which nobody knows yet what they are. */
        public Stage(String ticket, String stream, long expectedLength) {
            this(ticket, stream, expectedLength, null);
        }
    }

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

    /** @param patienceMillis how long to wait for a blob that is neither here nor on its way; at most a minute */
    public record Open(BlobId blob, long patienceMillis) {
        /** Whatever is known now. */
        public Open(BlobId blob) {
            this(blob, 0);
        }
    }

    /** {@link Local}, {@link Growing} or {@link Missing}. */
    public sealed interface Opened permits Local, Growing, Missing {
        default <T> T fold(
                Function<? super Local, ? extends T> local,
                Function<? super Growing, ? extends T> growing,
                Function<? super Missing, ? extends T> missing) {
            if (this instanceof Local l) {
                return local.apply(l);
            }
            return this instanceof Growing g ? growing.apply(g) : missing.apply((Missing) this);
        }
    }

    /** The blob is a whole file on this node. A later deletion unlinks it only after a grace time, so open it at once. */
    public record Local(String path, long length) implements Opened {}

    /**
     * The blob is on its way here: its file may be opened and read as far as {@link #FOLLOW} says. Its last block is held
     * back until its hash is known to be right, so that nobody can complete a wrong file (architecture 6).
     *
     * @param stagingId names the file for {@link #FOLLOW}
     * @param path the file, to be opened at once; open, it stays readable whatever becomes of it
     * @param length of the whole, in bytes
     */
    public record Growing(BlobId blob, String stagingId, String path, long length) implements Opened {}

    /** The blob is not here. */
    public record Missing(BlobId blob) implements Opened {}

    /** @param beyond how many bytes the asker can read already */
    public record Follow(BlobId blob, String stagingId, long beyond) {}

    /** {@link Grown} or {@link Stopped}. */
    public sealed interface Growth permits Grown, Stopped {
        default <T> T fold(
                Function<? super Grown, ? extends T> grown, Function<? super Stopped, ? extends T> stopped) {
            return this instanceof Grown g ? grown.apply(g) : stopped.apply((Stopped) this);
        }
    }

    /** @param readable bytes from the beginning that may be read; the whole length only when the hash was right */
    public record Grown(long readable) implements Growth {}

    /** It will never be whole; the text says why. */
    public record Stopped(String text) implements Growth {}

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
