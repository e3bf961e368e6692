package dev.berth.serve.lxd;

import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import io.vertx.ext.web.Router;
import java.util.List;

/** The face that speaks LXD and Incus: nothing but the sum of its parts. */
public final class LxdFace implements Face {
    private final List<LxdPart> parts;

    public LxdFace(List<LxdPart> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public String name() {
        return "lxd";
    }

    @Override
    public void mount(Router router, EdgeTools edge) {
        LxdTools tools = LxdTools.of(edge);
        parts.forEach(part -> part.routes(tools).forEach(group -> group.mount(router)));
    }
}
