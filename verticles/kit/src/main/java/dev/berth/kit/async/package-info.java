/** Waiting without blocking: futures that several callers share, and budgets. */
package dev.berth.kit.async;
