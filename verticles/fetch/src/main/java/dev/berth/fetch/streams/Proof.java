package dev.berth.fetch.streams;

import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.FetchFailure;
import java.io.IOException;
import java.nio.file.Path;

/** What a document must stand before it is kept. */
public interface Proof {
    /** Documents are taken as they come. */
    Proof NONE = new Proof() {
        @Override
        public String by() {
            return "";
        }

        @Override
        public void prove(Location from, Path part, Path memory) {
            // Whatever comes is the document.
        }

        @Override
        public FetchFailure missing(FetchFailure answer) {
            return answer;
        }
    };

    /** Differs for documents of which one must not stand in for the other; may be empty. */
    String by();

    /**
     * Leaves nothing in {@code part} but what was proven. Blocks.
     *
     * @param memory a file of this document's own, which outlives it
     * @throws FetchFailure saying what was expected and what came
     */
    void prove(Location from, Path part, Path memory) throws IOException;

    /** What the server's refusal to give the document means. */
    FetchFailure missing(FetchFailure answer);
}
