/**
 * The face for {@code lxc-create -t download}: any public container image as LXC's own image servers offer it (formats
 * 5, facts 127 to 136).
 *
 * <ul>
 *   <li>{@code GET /meta/1.0/index-system}, {@code index-user}, each also with a level ({@code .7}): which images there
 *       are, one line each.
 *   <li>{@code GET /lxc-images/FINGERPRINT/rootfs.tar.xz}, {@code meta.tar.xz}: the files of one.
 *   <li>each of these with {@code .asc}: its detached signature, by the key that {@code berth key export} shows.
 * </ul>
 *
 * <p>Clients read xz only. A root file system of another compression or in a squashfs, and the tree within a unified
 * image, is converted once and kept in {@code <data>/cache/rootfs}. The first reader gets it while it is made, because clients wait no longer
 * than 30 s for the next byte; all readers of one image at once join one run; a failure cuts them off uncleanly.
 * Machines are not offered, nor a squashfs packed with lzo.
 *
 * <p>Upstreams that are exposed as {@code lxc} are servers of their own below {@code /mirror/NAME}: what they list is
 * brought here when its root file system is asked for.
 *
 * <p>Contracts: {@link dev.berth.contract.CatalogContract}, {@link dev.berth.contract.StoreContract}. Settings: {@link
 * dev.berth.serve.download.DownloadConf}, {@code download.*}. Metrics: {@link dev.berth.serve.download.DownloadMeters}.
 * {@link dev.berth.serve.download.DownloadRoutes} serves the same below any prefix for any {@link
 * dev.berth.serve.download.Showcase}.
 */
package dev.berth.serve.download;
