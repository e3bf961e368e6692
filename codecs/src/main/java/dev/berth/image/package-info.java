/**
 * The vocabulary of images: values that are valid by construction, in the words LXD and Incus use.
 *
 * <p>JDK only. Nothing here knows about threads, sockets, files or clocks, so any program may depend on it.
 */
package dev.berth.image;
