package dev.berth.serve.mirror;

import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import dev.berth.serve.signing.SignedStreams;
import io.vertx.ext.web.Router;

/** Other image servers as seen through this one: nothing but the sum of its routes. */
public final class MirrorFace implements Face {
    private final SignedStreams signed;

    /** @param signed shared by all instances of this face */
    public MirrorFace(SignedStreams signed) {
        this.signed = signed;
    }

    @Override
    public String name() {
        return "mirror";
    }

    @Override
    public void mount(Router router, EdgeTools tools) {
        new ListRoutes(tools, signed).mount(router);
        new ItemRoutes(tools).mount(router);
    }

    @Override
    public void mountPlain(Router router, EdgeTools tools) {
        mount(router, tools);
    }
}
