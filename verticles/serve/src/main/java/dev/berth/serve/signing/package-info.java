/**
 * Signed forms of image streams (formats 3.7), for whichever face shows a stream:
 * {@link dev.berth.serve.signing.SignedDocuments} makes them from the plain ones. The key is
 * {@link dev.berth.kit.openpgp.SigningKey}, which {@code GET /berth/v1/key} and {@code berth key export} tell.
 */
package dev.berth.serve.signing;
