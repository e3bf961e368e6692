package dev.berth.load;

import java.nio.file.Path;

/** A running server that is measured: Berth or one of its peers. Closing stops it and removes what it kept. */
interface Peer extends AutoCloseable {
    String name();

    /** Base URL without a trailing slash; its certificate is self-signed. */
    String https();

    /** The unix socket of the LXD API. */
    Path socket();

    @Override
    void close();
}
