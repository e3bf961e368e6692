package dev.berth.kit.openpgp;

import java.time.Instant;

/**
 * Something that a key of a keyring signed.
 *
 * @param text exactly what was signed: the lines of a clear-signed text, ended by single line feeds, without blanks at
 *     their ends; or the bytes that a detached signature belongs to
 * @param signedAt when, as the signer says; to the second
 * @param keyId which key it was, 16 hex digits
 */
public record Verified(byte[] text, Instant signedAt, String keyId) {}
