/** Byte streams that do what a script says. */
package dev.berth.testkit.stream;
