package dev.berth.serve.lxd.images;

import dev.berth.serve.edge.BlobSender;
import dev.berth.serve.lxd.LxdPart;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.RouteGroup;
import java.time.Clock;
import java.util.List;

/** The image half of the LXD face. Make one for all server instances of a process. */
public final class LxdImages implements LxdPart {
    private final RecentAliases recentAliases;

    public LxdImages(Clock clock) {
        this.recentAliases = new RecentAliases(clock);
    }

    @Override
    public List<RouteGroup> routes(LxdTools tools) {
        Upstreams upstreams = new Upstreams(tools.edge());
        ImageLookup lookup = new ImageLookup(tools, upstreams);
        Profiles profiles = new Profiles(tools.bus());
        Watching watching = new Watching(tools);
        ImageCreation creation = new ImageCreation(
                tools,
                new Upload(tools, profiles, recentAliases),
                new JsonCreation(tools, new Copying(tools, profiles, watching)));
        return List.of(
                new AliasRoutes(tools, recentAliases, upstreams),
                new ImagesRoutes(new ImageListing(tools), creation),
                new ImageRoutes(
                        new ImageEditing(tools, lookup, profiles),
                        new ImageActions(tools, lookup, watching),
                        new ImageExport(tools, lookup, new BlobSender(tools.edge()))));
    }
}
