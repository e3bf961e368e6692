/**
 * What all faces share: listeners, TLS, who is asking, limits, and the one way to send bytes.
 *
 * <p>A {@link dev.berth.serve.edge.Face} brings its routes and knows no other face. Before any of its handlers runs, the
 * caller is identified ({@link dev.berth.serve.edge.Callers}); what it cannot do it refuses with {@code ctx.fail(...)},
 * and one place turns that into LXD's error envelope ({@link dev.berth.serve.edge.StatusOf}).
 *
 * <p>A request's way: {@code Gate} (may its head be read in two ways, is there room) - {@code Admission} (method, web
 * page it came from, who asks) - {@code Entrance} (may they read this, do they ask too often) - a face - {@code Refusals}
 * when it fails. Beside it {@code Doorkeeper} watches each connection, and each stream of h2, with {@code Patience}.
 *
 * <p>Contract: rest-api sections 0 and 5. Settings: {@link dev.berth.serve.edge.ServeConf}, {@link
 * dev.berth.serve.edge.AccessConf}. Metrics: {@code berth.http.requests} (face, method, status class), {@code
 * berth.http.connections}, {@code berth.http.sent.bytes}, {@code berth.http.received.bytes}, {@code
 * berth.http.refused.connections} (reason), {@code berth.http.refused.requests} (reason: token, path or limit), {@code
 * berth.http.closed.connections} (reason), {@code berth.http.reset.streams} (reason), {@code berth.http.unusable.blobs}
 * (reason).
 */
package dev.berth.serve.edge;
