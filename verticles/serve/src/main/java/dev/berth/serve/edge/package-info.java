/**
 * What all faces share: listeners, TLS, who is asking, limits, and the one way to send bytes.
 *
 * <p>A {@link dev.berth.serve.edge.Face} brings its routes and knows no other face. Before any of its handlers runs, the
 * caller is identified ({@link dev.berth.serve.edge.Callers}); what it cannot do it refuses with {@code ctx.fail(...)},
 * and one place turns that into LXD's error envelope ({@link dev.berth.serve.edge.StatusOf}).
 *
 * <p>Contract: rest-api sections 0 and 5. Settings: {@link dev.berth.serve.edge.ServeConf}.
 */
package dev.berth.serve.edge;
