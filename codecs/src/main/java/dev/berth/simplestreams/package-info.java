/**
 * Image streams of other servers, read: {@code streams/v1/index.json} and the products files it names (formats 3 and 6).
 *
 * <p>Entry points, in the order they are used: {@link dev.berth.simplestreams.IndexDocument#read} for the index; {@link
 * dev.berth.simplestreams.ProductsDocument#read} for each products file, product by product, into a {@link
 * dev.berth.simplestreams.StreamCollector}; {@link dev.berth.simplestreams.StreamIndex} for the images, their names and
 * the lookup; {@link dev.berth.simplestreams.StreamImage#offer} for what fetch answers.
 *
 * <p>Documents are read as streams within {@link dev.berth.simplestreams.ReadLimits}; memory grows with what is kept,
 * never with what was read. A part that makes no sense is left out and told to {@link
 * dev.berth.simplestreams.SkippedParts}, the rest stays usable: LXD gives up the whole server in such a case. Only a
 * document that is not JSON or breaks a limit ends in a {@link dev.berth.simplestreams.StreamFormatException}.
 *
 * <p>All calls block on their stream and burn CPU: call them on a worker thread. Signatures are not read. Nothing here
 * knows settings, metrics, threads, sockets or clocks.
 */
package dev.berth.simplestreams;
