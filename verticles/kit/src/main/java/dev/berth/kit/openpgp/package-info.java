/**
 * Signatures that GnuPG 2.2 and {@code gpgv} understand (RFC 4880): {@link dev.berth.kit.openpgp.SigningKey} makes them,
 * {@link dev.berth.kit.openpgp.Keyring} proves those of others. Two forms, as image streams use them (formats 3.7): text
 * in a signed frame, and a signature in a file of its own.
 *
 * <p>Everything here works in memory and blocks: a signature costs under a millisecond plus the hashing of the bytes, so
 * it belongs on worker threads. All classes may be used by any thread.
 */
package dev.berth.kit.openpgp;
