/**
 * The whole service among faults: hostile input, full disks, kills, failing system calls, clients that leave. Every test
 * looks from outside, through the socket and at the data directory, and asks the same two things: was each acknowledged
 * image kept, and did everything else leave nothing behind. Contract: reliability 6.
 */
package dev.berth.app.faults;
