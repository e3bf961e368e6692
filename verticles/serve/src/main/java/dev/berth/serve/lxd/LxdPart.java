package dev.berth.serve.lxd;

import java.util.List;

/**
 * A half of the face that brings its route groups. One instance may serve all server instances of a process, so what it
 * keeps between requests must be safe for several threads; its route groups are made anew for each.
 */
@FunctionalInterface
public interface LxdPart {
    List<RouteGroup> routes(LxdTools tools);
}
