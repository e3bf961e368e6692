/**
 * The public images as a simplestreams server (formats 3 and 10), for LXD, Incus and the simplestreams tools:
 * {@code lxc remote add NAME https://HOST:PORT --protocol simplestreams}.
 *
 * <ul>
 *   <li>{@code GET /streams/v1/index.json}, {@code /streams/v1/images.json}: both of one moment, as gzip when asked for,
 *       with ETag and Last-Modified; to be asked for again after a minute.
 *   <li>{@code index.sjson}, {@code images.sjson}, {@code index.json.gpg} and {@code images.json.gpg} beside them: signed
 *       forms of the same moment ({@link dev.berth.serve.streams.Twins}).
 *   <li>{@code GET /images/<sha256>/<name>}: the files. A path holds the same bytes for ever, as far as it is there: it is
 *       answered as long as a public image has that file.
 * </ul>
 *
 * <p>Listed are the public images of project {@code default}, which are those that strangers see in the REST interface. How
 * images become products, and what cannot be said in a stream: {@link dev.berth.simplestreams.publish}.
 *
 * <p>The documents are made on a worker when somebody asks for them after the catalog changed, once for all server
 * instances, and stay the same bytes with the same dates as long as what they say is the same. While the catalog does not
 * answer, the last ones are served.
 *
 * <p>Contract: {@link dev.berth.contract.CatalogContract} (SELECT_IMAGES, CHANGED, TOUCH_IMAGE). Metrics: {@code
 * berth.streams.builds} (outcome: changed, same, failed).
 */
package dev.berth.serve.streams;
