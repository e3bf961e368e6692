/**
 * Long work that clients watch, wait for and cancel.
 *
 * <p>Other features start operations, report progress and end them; this one keeps the table, tells the event stream
 * about every change, wakes those who wait, and forgets what ended long ago. Deploy one instance: the table is its memory.
 *
 * <p>Contract: {@link dev.berth.contract.OperationsContract}. Settings: {@link dev.berth.operations.OperationsConf}.
 * Metrics: {@code berth.operations.running} (gauge), {@code berth.operations.waiting} (gauge, open waits),
 * {@code berth.operations.ended} (counter by {@code status}).
 * Source: rest-api sections 4 and 8 (200-218).
 */
package dev.berth.operations;
