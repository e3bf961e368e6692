/**
 * The REST interface of LXD and Incus, as their clients, daemons and libraries use it.
 *
 * <p>{@link dev.berth.serve.lxd.LxdFace} mounts {@link dev.berth.serve.lxd.RouteGroup}s; here is what they share: the
 * verbs of a path with who may use them ({@link dev.berth.serve.lxd.Resource}), the project a request means ({@link
 * dev.berth.serve.lxd.ProjectOf}), bounded JSON bodies ({@link dev.berth.serve.lxd.JsonBody}), answers ({@link
 * dev.berth.serve.lxd.Reply}) and long work ({@link dev.berth.serve.lxd.Async}). The groups live in packages of their
 * own: {@code images} has images, aliases, uploads and exports; {@code server} has everything else.
 *
 * <p>Contract: rest-api sections 0 to 5. Metrics: those of the edge.
 */
package dev.berth.serve.lxd;
