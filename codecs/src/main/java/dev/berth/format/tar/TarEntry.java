package dev.berth.format.tar;

/**
 * One member of a tar archive, as its headers describe it.
 *
 * @param name exactly as stored, after PAX and GNU long names; never used as a path
 * @param kind what it is
 * @param storedBytes bytes of data that follow its header; 0 for everything that has none
 * @param sparse true when the stored bytes are not simply the content
 */
public record TarEntry(String name, Kind kind, long storedBytes, boolean sparse) {

    /** What a member is, as far as readers of images care. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK,
        /** Hard links, devices, FIFOs, GNU specials. */
        OTHER
    }

    /** True for a plain file whose stored bytes are its content. */
    public boolean isRegular() {
        return kind == Kind.FILE;
    }
}
