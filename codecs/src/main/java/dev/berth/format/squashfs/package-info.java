/**
 * Reads SquashFS 4.0 file systems: just enough of one to find {@code metadata.yaml} and the root of a unified image at its
 * top, or all of it to write its tree as a tar archive. Every size and position the file states is checked against
 * the file and against {@link dev.berth.format.InspectLimits}; a reader holds a few blocks of at most 1 MiB.
 *
 * <p>Blocks compressed with gzip, lzma, xz, lz4 and zstd are read; lzo is refused with a sentence.
 */
package dev.berth.format.squashfs;
