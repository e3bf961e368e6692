/**
 * A disk in memory that fails any call and forgets what was not forced, and the contract that it shares with the real
 * one.
 */
package dev.berth.testkit.disk;
