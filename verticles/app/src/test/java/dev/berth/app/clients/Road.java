package dev.berth.app.clients;

/** How a client reaches Berth. */
enum Road {
    /** {@code LXD_DIR=<data> lxc …}: the unix socket, full trust by the file's permissions. */
    SOCKET,
    /** A remote whose client certificate was trusted by a token. */
    TLS
}
