/** Secrets that people choose: kept only as salted, slow hashes, and compared in constant time. */
package dev.berth.kit.secret;
