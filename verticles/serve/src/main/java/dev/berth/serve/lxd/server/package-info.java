/**
 * The server half of the LXD face: {@code /1.0} itself, certificates and trust tokens, operations, the event stream,
 * projects, profiles, metrics, and the empty shelves that keep command lines friendly.
 *
 * <p>Each {@code …Routes} class brings the verbs of one kind of thing and asks the owners of the state: {@code catalog}
 * for settings, {@code trust} for certificates, tokens, projects and profiles, {@code operations} for long work and
 * events. What needs thinking about sits beside them without Vert.x: {@link dev.berth.serve.lxd.server.Extension} (what
 * clients may rely on), {@link dev.berth.serve.lxd.server.TrustProof}, {@link dev.berth.serve.lxd.server.TokenLife},
 * {@link dev.berth.serve.lxd.server.EventFilter}.
 *
 * <p>Contract: rest-api sections 1, 2, 4, 5 and 7. Server settings read here: {@code core.remote_token_expiry},
 * {@code core.metrics_authentication}, and the trust password. Metrics: {@code berth.events.listening},
 * {@code berth.events.cut.off}. Password checks and metric reports run on the worker pool {@code berth-face}.
 */
package dev.berth.serve.lxd.server;
