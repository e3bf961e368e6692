/**
 * The verbs of the command line. All but {@code serve}, {@code key} and {@code verify} are clients: they find the running service by
 * its data directory and speak its REST API over {@code unix.socket}, which means full local trust.
 *
 * <p>Each verb is one class; {@link dev.berth.app.cli.Service} is the one way to talk, {@link dev.berth.app.cli.Table}
 * and {@link dev.berth.app.cli.ProgressBar} the one way to print.
 */
package dev.berth.app.cli;
