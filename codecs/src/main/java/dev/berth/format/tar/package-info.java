/**
 * A tar reader that only walks: names, kinds and sizes, and the content of single small entries. A writer, and a mover
 * that takes {@code rootfs/} off the names of an image's members and leaves everything else as it is.
 *
 * <p>Why our own: general readers keep extended headers of any announced size in memory, follow chains of them
 * recursively, expand sparse files and take headers with a wrong checksum. This one is bounded by construction and
 * decides as Go's archive/tar does, because that is what LXD and Incus read images with. It knows V7, ustar, PAX and GNU.
 */
package dev.berth.format.tar;
