/**
 * Real clients against the whole service: {@code lxc} over the unix socket and over TLS, an LXD daemon of the test's own,
 * pylxd and curl. Each is skipped, saying why, where it is not installed; {@code BERTH_REQUIRE_REAL=1} makes that a failure.
 */
package dev.berth.app.clients;
