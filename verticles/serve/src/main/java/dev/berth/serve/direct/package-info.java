/**
 * Public images by a plain URL (formats 4): {@code lxc image import https://HOST:PORT/direct/NAME}, and the same with
 * {@code incus} or {@code curl}.
 *
 * <p>{@code HEAD} and {@code GET /direct/<alias or fingerprint>} answer with the image's fingerprint and an address that has
 * its bytes for ever, under LXD's names and under Incus' (facts 116 to 126). A daemon says which architectures it runs; it
 * gets the image of that name it can run best: the one the name stands for, one called {@code NAME/<architecture>}, or the
 * newest of the same os, release, variant and type. Without such a word the name decides alone, and a fingerprint always
 * does.
 *
 * <p>Only images in one file can be had so: the one hash in the answer is that of one file. Others are refused, with a word
 * about what to use instead. LXD 6.9 no longer fetches from URLs; its users add the server as a remote.
 *
 * <p>Served are the public images of project {@code default}. Contract: {@link dev.berth.contract.CatalogContract}
 * (FIND_ALIAS, FIND_IMAGE, SELECT_IMAGES, TOUCH_IMAGE).
 */
package dev.berth.serve.direct;
