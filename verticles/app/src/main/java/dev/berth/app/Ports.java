package dev.berth.app;

import dev.berth.serve.edge.Endpoint;
import dev.berth.serve.edge.ServeConf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Turns "any free port" into one before the listeners open, because several instances of the edge share each port. */
final class Ports {
    private Ports() {}

    static ServeConf concrete(ServeConf conf) throws IOException {
        return conf.withListen(concrete(conf.listen()))
                .withPlain(concrete(conf.plain()))
                .withManagement(concrete(conf.management()));
    }

    private static Endpoint concrete(Endpoint endpoint) throws IOException {
        if (endpoint == null || endpoint.port() != 0) {
            return endpoint;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(endpoint.host(), 0));
            return new Endpoint(endpoint.host(), socket.getLocalPort());
        }
    }
}
