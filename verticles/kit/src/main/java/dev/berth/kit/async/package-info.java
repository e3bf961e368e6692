/** Futures that several callers share. */
package dev.berth.kit.async;
