package dev.berth.format;

/** Whose rules count where LXD and Incus differ about formats (formats 1.2). */
public enum Dialect {
    /** LXD: pads short files with zeros before looking at the magic, does not know lz4. */
    LXD,
    /** Incus: looks only at bytes that are there, reads lz4 frames. */
    INCUS
}
