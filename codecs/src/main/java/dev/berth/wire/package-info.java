/**
 * The event-bus form of every message: one codec for all records of the contracts. The only package of the codecs that
 * imports Vert.x.
 */
package dev.berth.wire;
