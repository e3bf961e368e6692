package dev.berth.fetch.transfer;

/**
 * What was promised about a file before it came.
 *
 * @param from where it comes from, for people
 * @param length bytes, or -1 when nobody said
 * @param sha256 lower-case hex, or empty when nobody said
 * @param part {@code metadata}, {@code rootfs}, {@code rootfs.img}, or empty for the only file
 * @param filename its name over there, or empty
 */
public record Promised(String from, long length, String sha256, String part, String filename) {}
