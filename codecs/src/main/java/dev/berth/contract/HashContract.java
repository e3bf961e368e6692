package dev.berth.contract;

import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What hash answers: digests of byte streams, computed on worker threads while the bytes flow. */
public final class HashContract {
    /** Digest the streams of one image as they flow; answers when the last one ended, or at the first that broke. */
    public static final Call<Digest, Digested> DIGEST = Call.onThisNode("berth.hash.digest", Digest.class, Duration.ofHours(24));

    private HashContract() {}

    /**
     * @param ticket the transfer
     * @param streams data-plane addresses in fingerprint order
     * @param filesTold true when each stream ends with {@link StreamLabels#SHA256}: what is digested already is not
     *     digested again, and only the whole is left to do
     */
    public record Digest(String ticket, List<String> streams, boolean filesTold) {
        /** Digests of everything. */
        public Digest(String ticket, List<String> streams) {
            this(ticket, streams, false);
        }
    }

    /** {@link Digests} of everything, or {@link Interrupted}. */
    public sealed interface Digested permits Digests, Interrupted {
        default <T> T fold(
                Function<? super Digests, ? extends T> digests,
                Function<? super Interrupted, ? extends T> interrupted) {
            return this instanceof Digests d ? digests.apply(d) : interrupted.apply((Interrupted) this);
        }
    }

    /**
     * @param files one per stream, in order
     * @param fingerprint of all bytes in order
     */
    public record Digests(List<FileDigest> files, Fingerprint fingerprint) implements Digested {}

    /**
     * @param blob SHA-256 of this file alone
     * @param length in bytes
     */
    public record FileDigest(BlobId blob, long length) {}

    /** A stream ended otherwise than complete; the text is the producer's. */
    public record Interrupted(String text) implements Digested {}
}
