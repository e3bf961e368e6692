package dev.berth.format.tar;

import java.time.Instant;
import java.util.Map;

/**
 * A member to be written. Texts hold one byte of the file in each character (ISO 8859-1), so that names of any encoding
 * come out as they are.
 *
 * @param name its path; folders end in a slash
 * @param type '0' file, '1' hard link, '2' symbolic link, '3' character device, '4' block device, '5' folder, '6' FIFO
 * @param mode permission bits
 * @param owner numeric user
 * @param group numeric group
 * @param seconds when it was changed, since 1970
 * @param bytes length of its content; 0 for everything but files
 * @param link target of a link, or empty
 * @param device its number: major, minor; or null
 * @param attributes extended attributes by full name
 */
public record NewMember(
        String name,
        char type,
        int mode,
        long owner,
        long group,
        long seconds,
        long bytes,
        String link,
        Device device,
        Map<String, String> attributes) {
    private static final int READABLE = 0644;

    public NewMember {
        attributes = Map.copyOf(attributes);
    }

    /** The number of a device node. */
    public record Device(int major, int minor) {}

    /** A file of root's that everybody may read. */
    public static NewMember file(String name, long bytes, Instant changed) {
        return new NewMember(name, '0', READABLE, 0, 0, changed.getEpochSecond(), bytes, "", null, Map.of());
    }
}
