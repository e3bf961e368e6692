package dev.berth.serve.mirror;

import dev.berth.contract.MirrorContract.Snapshot;
import io.vertx.core.http.HttpServerResponse;

/** Says that a list may be older than it should, and why. */
final class Staleness {
    private static final int LONGEST = 300;

    private Staleness() {}

    static void tell(HttpServerResponse response, Snapshot snapshot) {
        response.putHeader("Warning", "110 berth \"Response is Stale\"")
                .putHeader("X-Berth-Stale", "since " + snapshot.asked() + ": " + plain(snapshot.stale()));
    }

    /** What a header can carry. */
    private static String plain(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST);
    }
}
