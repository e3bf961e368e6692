package dev.berth.fetch.streams;

import dev.berth.contract.FetchContract.Source;
import dev.berth.fetch.guard.Location;
import java.time.Duration;

/**
 * A server with an image stream, as somebody wants it asked.
 *
 * @param base where it is
 * @param pin PEM of the one certificate it must present, or empty
 * @param fresh a younger document is not asked for again
 */
record StreamServer(Location base, String pin, Duration fresh) {

    static StreamServer of(Source source, Duration fresh) {
        return new StreamServer(Location.parse(source.server()), source.certificate(), fresh);
    }
}
