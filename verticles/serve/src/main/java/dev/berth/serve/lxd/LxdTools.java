package dev.berth.serve.lxd;

import dev.berth.kit.bus.Bus;
import dev.berth.serve.edge.EdgeTools;

/** What route groups of this face work with; one per server instance. */
public record LxdTools(EdgeTools edge, ProjectOf projects, Async async) {
    public Bus bus() {
        return edge.bus();
    }

    static LxdTools of(EdgeTools edge) {
        return new LxdTools(edge, new ProjectOf(edge.bus()), new Async(edge.bus()));
    }
}
