package dev.berth.serve.pump;

import io.vertx.core.buffer.Buffer;

/**
 * What one write sends.
 *
 * @param release to be called once, when the write has ended
 */
record Piece(Buffer bytes, Runnable release) {}
