package dev.berth.fetch.streams;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How documents of other servers are kept.
 *
 * @param folder where
 * @param mostBytes of one document
 * @param fresh not asked for again within this time
 */
public record CacheRules(Path folder, long mostBytes, Duration fresh) {}
