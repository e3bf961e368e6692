package dev.berth.simplestreams;

import dev.berth.contract.FetchContract.Offer;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a lookup ended. */
public sealed interface Lookup permits Lookup.Found, Lookup.Missing, Lookup.Ambiguous {

    default <T> T fold(
            Function<? super Found, ? extends T> found,
            Supplier<? extends T> missing,
            Function<? super Ambiguous, ? extends T> ambiguous) {
        if (this instanceof Found f) {
            return found.apply(f);
        }
        return this instanceof Ambiguous a ? ambiguous.apply(a) : missing.get();
    }

    /** @param offer what fetch answers */
    record Found(StreamImage image, Offer offer) implements Lookup {}

    /** Neither a name nor the beginning of a fingerprint. */
    record Missing() implements Lookup {}

    /**
     * LXD says "More than one match for the provided partial fingerprint".
     *
     * @param images some of those whose fingerprint begins so
     */
    record Ambiguous(List<StreamImage> images) implements Lookup {}
}
