package dev.berth.serve.lxd.server;

import dev.berth.serve.edge.Endpoint;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where this server can be reached, as {@code host:port} without a scheme: what {@code GET /1.0} and trust tokens tell
 * clients. Clients try them in order, so only addresses that can answer are named (rest-api 1.2).
 */
final class Addresses {
    private final Endpoint listen;
    private final boolean everywhere;

    Addresses(Endpoint listen) {
        this.listen = listen;
        this.everywhere = isWildcard(listen.host());
    }

    /**
     * The listen address itself, or for "all addresses" those of this machine that others can reach.
     *
     * @param local where the caller reached us, which tells the port when any free one was asked for
     */
    List<String> now(SocketAddress local) {
        Endpoint at = listen.port() > 0 ? listen : new Endpoint(listen.host(), Math.max(0, local.port()));
        return everywhere ? of(at, ofThisMachine()) : List.of(at.toString());
    }

    /** The rule for "all addresses", apart from the machine it runs on. */
    static List<String> of(Endpoint listen, List<InetAddress> machine) {
        List<InetAddress> reachable = machine.stream().filter(Addresses::isReachable).toList();
        List<InetAddress> told = reachable.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : reachable;
        return told.stream()
                .map(address -> new Endpoint(text(address), listen.port()).toString())
                .toList();
    }

    /** Without the zone ({@code %eth0}), which means nothing elsewhere; Java knows one for every IPv6 address of an interface. */
    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static boolean isReachable(InetAddress address) {
        return !address.isLoopbackAddress() && !address.isLinkLocalAddress() && !address.isMulticastAddress();
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static List<InetAddress> ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces().flatMap(Addresses::ofInterface).toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static Stream<InetAddress> ofInterface(NetworkInterface network) {
        return Collections.list(network.getInetAddresses()).stream();
    }
}
