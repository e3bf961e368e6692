/**
 * What is inside an image: its compression by magic, its {@code metadata.yaml}, its type. Read from a stream that may be
 * hostile, within bounds ({@link dev.berth.format.InspectLimits}), without unpacking anything and without running any
 * other program.
 *
 * <p>Entry points: {@link dev.berth.format.Compression#sniff} for the first bytes of any file, {@link
 * dev.berth.format.ImageInspector} for a tarball arriving as a stream, {@link
 * dev.berth.format.squashfs.SquashfsInspector} for a unified squashfs image, which needs a file.
 *
 * <p>All calls block and burn CPU: call them on a worker thread. No state is shared between calls. Source of the rules:
 * formats 1 and 2.1. Nothing here knows settings, metrics, threads or sockets.
 */
package dev.berth.format;
