/**
 * How the bytes of files get into responses: at each client's speed, from files that are whole and from files that still
 * grow, with bounded memory whatever the number of readers.
 *
 * <p>A {@link dev.berth.serve.pump.Pump} serves one reader from a {@link dev.berth.serve.pump.Source}. Readers of the same
 * bytes share what was read once ({@link dev.berth.serve.pump.Parts}) and what is known of a growing file's length ({@link
 * dev.berth.serve.pump.Tails}). Metrics: {@code berth.http.parts.bytes}, {@code berth.http.parts.waiting}, {@code
 * berth.http.parts.taken} (from: memory or disk).
 */
package dev.berth.serve.pump;
