/**
 * The program: {@link dev.berth.app.Main} reads the command line, {@link dev.berth.app.conf.BerthConf} the settings, and
 * {@link dev.berth.app.Berth} wires the features by hand, in the order in which they need each other.
 *
 * <p>Nothing here knows about images; the only rules are about starting, being ready, and stopping. Metrics: {@code
 * berth.eventloop.delay} of all event loops, and what the JVM and Vert.x tell of themselves, with labels that clients cannot
 * fill.
 */
package dev.berth.app;
