package dev.berth.serve.lxd.server;

import dev.berth.serve.lxd.LxdPart;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.RouteGroup;
import java.util.List;

/** Everything of the LXD face that is not about images themselves. */
public final class ServerPart implements LxdPart {
    @Override
    public List<RouteGroup> routes(LxdTools tools) {
        return List.of(
                new ServerRoutes(tools),
                new CertificateRoutes(tools),
                new OperationRoutes(tools),
                new EventRoutes(tools),
                new ProjectRoutes(tools),
                new ProfileRoutes(tools),
                new MetricsRoutes(tools),
                new InstanceRoutes());
    }
}
