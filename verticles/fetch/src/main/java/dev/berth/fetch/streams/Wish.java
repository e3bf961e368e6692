package dev.berth.fetch.streams;

import dev.berth.fetch.guard.Location;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A document of another server, and what it must stand before it is kept.
 *
 * @param location where it is
 * @param server whose documents may be doubted together
 * @param pin the certificate that the server must present, PEM, or empty
 */
public record Wish(Location location, Location server, String pin, Proof proof, Shape shape) {
    /** A document that nobody need have signed. */
    public static Wish unsigned(Location server, String path, String pin, Shape shape) {
        return signed(server, path, pin, Proof.NONE, shape);
    }

    static Wish signed(Location server, String path, String pin, Proof proof, Shape shape) {
        return new Wish(server.below(path), server, pin, proof, shape);
    }

    /** Blocks. Throws {@link dev.berth.fetch.http.FetchFailure} when {@code part} may not become the document. */
    void mustStand(Path part, Path memory) throws IOException {
        proof.prove(location, part, memory);
        shape.mustFit(location, part);
    }
}
