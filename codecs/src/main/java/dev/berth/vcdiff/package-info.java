/**
 * Deltas between files, read: VCDIFF (RFC 3284) as {@code xdelta3} writes it by default, with application header,
 * Adler-32 per window and LZMA secondary compression (formats 6).
 *
 * <p>Entry point: {@link dev.berth.vcdiff.VcdiffDecoder#decode}. Deltas are hostile input: memory is bounded by {@link
 * dev.berth.vcdiff.VcdiffLimits}, time by the bytes made, and whatever is wrong with one ends in a {@link
 * dev.berth.vcdiff.VcdiffException}. That a delta decodes says nothing about whether the result is the wanted file, so
 * callers compare its hash.
 *
 * <p>All calls block and burn CPU: call them on a worker thread. No state is shared between calls.
 */
package dev.berth.vcdiff;
