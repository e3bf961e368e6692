package dev.berth.refresh;

import java.time.Instant;

/**
 * A comparison that took place.
 *
 * @param at when it ended
 * @param outcome how, for people
 */
record LastLook(RecordKey key, Instant at, String outcome) {}
