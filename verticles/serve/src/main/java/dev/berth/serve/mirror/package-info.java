/**
 * Other image servers as seen through this one, each as a simplestreams server of its own: {@code lxc remote add NAME
 * https://HOST:PORT/mirror/UPSTREAM --protocol simplestreams}.
 *
 * <ul>
 *   <li>{@code GET /mirror/UPSTREAM/streams/v1/index.json}, {@code images.json}: both of one moment, as gzip when asked for,
 *       with ETag. While the upstream cannot be asked, the last ones are served, with {@code Warning: 110} and {@code
 *       X-Berth-Stale}. Beside them their signed forms, by our own key: {@code index.sjson}, {@code images.sjson}, {@code
 *       index.json.gpg}, {@code images.json.gpg}.
 *   <li>{@code GET /mirror/UPSTREAM/images/SHA256/FILE}: the files. A path holds the same bytes for ever. A file that is not
 *       here is fetched and served while it arrives; its last block is held back until its hash is right. {@code HEAD} is
 *       answered from the list alone. What the upstream does wrong is 502 while nothing was sent, and a broken connection
 *       after that.
 * </ul>
 *
 * <p>Contracts: {@link dev.berth.contract.MirrorContract}, {@link dev.berth.contract.StoreContract}. Metrics, each by {@code
 * upstream}: {@code berth.mirror.requests} (outcome: hit, joined, miss), {@code berth.mirror.served} (bytes).
 */
package dev.berth.serve.mirror;
