/**
 * Images and aliases of the LXD face: lists, single images, uploads, exports, secrets.
 *
 * <p>{@link dev.berth.serve.lxd.images.LxdImages} brings the route groups. An upload's way: {@code ImageCreation} finds
 * out who sends what, a {@code Courier} carries the body into byte streams, intake answers, and the operation ends as it
 * answered. Asks catalog, trust, intake and operations; bytes go out through the edge's {@code BlobSender}.
 *
 * <p>Images of upstreams that are exposed as {@code rest} are found under {@code UPSTREAM/ALIAS} and by fingerprint, and
 * brought here when their bytes are asked for ({@link dev.berth.contract.MirrorContract}). Lists show only what is here.
 *
 * <p>Contract: rest-api 2.5, 3, 4.1, 10; formats 1.5, 1.6.
 */
package dev.berth.serve.lxd.images;
