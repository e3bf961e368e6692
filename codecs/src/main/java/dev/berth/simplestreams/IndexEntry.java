package dev.berth.simplestreams;

/**
 * A products file that an index lists.
 *
 * @param contentId its name in the index
 * @param path where it is, relative to the server's base, without leading slash
 */
public record IndexEntry(String contentId, String path) {}
