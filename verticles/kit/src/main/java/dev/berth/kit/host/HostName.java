package dev.berth.kit.host;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this machine calls itself. */
public final class HostName {
    private static final String NAMELESS = "localhost";

    private HostName() {}

    /** May ask the resolver, so it blocks; {@code localhost} when there is no name. */
    public static String own() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return isName(name) ? name : NAMELESS;
        } catch (UnknownHostException e) {
            return NAMELESS;
        }
    }

    /** True for a DNS name, false for an address. */
    public static boolean isName(String host) {
        return host.matches("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?") && !host.matches("[0-9.]+");
    }
}
