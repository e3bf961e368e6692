package dev.berth.fetch;

import dev.berth.fetch.guard.Location;
import java.nio.file.Path;

/**
 * What the settings say about one other server.
 *
 * @param signedBy OpenPGP keyring that must have signed its image stream, or null to ask for no signature
 * @param bytesPerSecond most of all downloads from it together, wherever it redirects to; 0 is no such limit
 */
public record SourceRules(Path signedBy, long bytesPerSecond) {
    /** Without a limit. */
    public SourceRules(Path signedBy) {
        this(signedBy, 0);
    }

    /** How a server is named in {@link FetchConf#sources}: one spelling for each base URL, without user and query. */
    public static String key(String url) {
        return Location.parse(url).base();
    }
}
