/**
 * What {@code lxc-create -t download} reads: index lines, the names of index files, Debian's names of architectures and
 * the small archive with a container's configuration (formats 5). Nothing here opens a file or a socket.
 */
package dev.berth.lxcindex;
