/**
 * How fast and how big: runs Berth and, where installed, the real LXD and nginx side by side on this machine, in one run,
 * and writes what it measured with date, machine and command. Start it with {@code load-tests/run}.
 */
package dev.berth.load;
