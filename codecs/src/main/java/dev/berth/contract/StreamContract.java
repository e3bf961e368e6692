package dev.berth.contract;

import java.util.Map;
import java.util.function.Function;

/**
 * How tarball bytes travel over the event bus: credit-controlled streams, one producer, a fixed number of consumers.
 *
 * <p>For a stream at address A the producer listens at {@code A.control} for {@link Signal}s, and each consumer at
 * {@code A.<consumer>} for frames. A consumer attaches and with it grants its window; the producer sends to all
 * consumers alike, never more than the smallest credit left, and stops when there is none; a consumer grants again
 * what it has worked off. So bytes in flight to a consumer never exceed its window, and the slowest sets the pace.
 *
 * <p>A stream ends with exactly one {@link End}. A consumer acknowledges {@link Complete} with {@link SignalKind#SETTLED}
 * when it has worked off every byte. While nothing flows the producer sends a sign of life.
 */
public final class StreamContract {
    private StreamContract() {}

    /** Where the producer listens. */
    public static String controlOf(String address) {
        return address + ".control";
    }

    /** Where one consumer listens. */
    public static String framesOf(String address, String consumer) {
        return address + "." + consumer;
    }

    /** What a consumer tells the producer. */
    public enum SignalKind {
        /** Take me in; {@code bytes} is my window. Answered when taken in. */
        ATTACH,
        /** {@code bytes} more may come; 0 is a sign of life of a consumer that is waiting its turn. */
        CREDIT,
        /** All bytes and the end were worked off. */
        SETTLED,
        /** Go on without me. */
        DETACH,
        /** Stop the whole stream, for {@code reason}. */
        ABORT
    }

    /**
     * @param kind what
     * @param consumer who, unique within the stream
     * @param bytes see {@link SignalKind}
     * @param reason see {@link SignalKind}
     */
    public record Signal(SignalKind kind, String consumer, long bytes, String reason) {}

    /** The one way a stream ended. */
    public sealed interface End permits Complete, Failed, Cancelled {
        default <T> T fold(
                Function<? super Complete, ? extends T> complete,
                Function<? super Failed, ? extends T> failed,
                Function<? super Cancelled, ? extends T> cancelled) {
            if (this instanceof Complete c) {
                return complete.apply(c);
            }
            return this instanceof Failed f ? failed.apply(f) : cancelled.apply((Cancelled) this);
        }
    }

    /**
     * Every byte was sent.
     *
     * @param length number of bytes since the beginning
     * @param labels see {@link StreamLabels}
     */
    public record Complete(long length, Map<String, String> labels) implements End {}

    /** Something broke, at the producer or at a consumer. */
    public record Failed(String reason) implements End {}

    /** Somebody changed their mind: a client went away, an operation was cancelled. */
    public record Cancelled(String reason) implements End {}
}
