/**
 * Image streams written: {@code streams/v1/index.json} and the products file {@code streams/v1/images.json} (formats 3 and
 * 10).
 *
 * <p>{@link dev.berth.simplestreams.publish.StreamWriter} turns {@link dev.berth.simplestreams.publish.PublishedImage
 * images} into bytes and decides nothing: products, serials, names and paths are those it is given.
 * {@link dev.berth.simplestreams.publish.CatalogProducts} decides all that for the images of a catalog; a mirror keeps what
 * the other server's stream says.
 *
 * <p>Everybody reads the same documents: each file is listed for LXD and again for Incus, under the names each of them looks
 * for. Not everything can be said in a stream:
 *
 * <ul>
 *   <li>A virtual machine in one file is listed for Incus only: LXD takes every such image for a container. Incus 7.0 and
 *       older do so as well, so that these images share no name with any container.
 *   <li>There is one word for a rootfs tarball, {@code root.tar.xz}. One compressed otherwise is listed under it as well:
 *       LXD, Incus and Berth look at the bytes, not at the word, and the fingerprint is that of the bytes as they are.
 *   <li>A name with a comma in it cannot be listed: the image stays, without that name.
 * </ul>
 *
 * <p>Pure: no threads, sockets or clocks.
 */
package dev.berth.simplestreams.publish;
