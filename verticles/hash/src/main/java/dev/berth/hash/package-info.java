/**
 * Digests of byte streams, on worker threads, while the bytes flow: per file, and the running image fingerprint.
 *
 * <p>Contract: {@link dev.berth.contract.HashContract}. Metrics: {@code berth.hash.time} (time spent digesting, per
 * batch), {@code berth.hash.bytes}. Setting: the number of worker threads is that of the processors.
 */
package dev.berth.hash;
