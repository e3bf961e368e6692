package dev.berth.serve.streams;

import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import io.vertx.ext.web.Router;

/** The simplestreams face: nothing but the sum of its routes. */
public final class StreamsFace implements Face {
    private final Publication publication;

    /** @param publication shared by all instances of this face */
    public StreamsFace(Publication publication) {
        this.publication = publication;
    }

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public void mount(Router router, EdgeTools tools) {
        publication.follow(tools);
        new DocumentRoutes(publication, tools).mount(router);
        new ItemRoutes(publication, tools).mount(router);
    }

    @Override
    public void mountPlain(Router router, EdgeTools tools) {
        mount(router, tools);
    }
}
