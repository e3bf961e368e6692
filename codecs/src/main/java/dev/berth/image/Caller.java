package dev.berth.image;

import java.util.Set;

/**
 * Who is asking, as far as decisions need it.
 *
 * @param standing how far the caller is trusted
 * @param username certificate fingerprint, {@code root} on the unix socket, or empty
 * @param protocol {@code tls}, {@code unix}, or empty for strangers
 * @param address the peer as {@code ip:port}, {@code @} on the unix socket
 * @param projects for {@link Standing#RESTRICTED}: the projects the caller may work in
 */
public record Caller(Standing standing, String username, String protocol, String address, Set<String> projects) {

    /** How far a caller is trusted. */
    public enum Standing {
        /** Nobody known: public images of the default project only. */
        STRANGER,
        /** A certificate limited to some projects (rest-api 2.6). */
        RESTRICTED,
        /** A certificate that may only read metrics. */
        METRICS,
        /** Full trust: an unrestricted client certificate, or the unix socket. */
        ADMIN
    }

    public Caller {
        projects = Set.copyOf(projects);
    }

    /** A caller nobody knows. */
    public static Caller stranger(String address) {
        return new Caller(Standing.STRANGER, "", "", address, Set.of());
    }

    /** A caller on the unix socket: full local trust. */
    public static Caller local() {
        return new Caller(Standing.ADMIN, "root", "unix", "@", Set.of());
    }

    /** True for administrators and restricted clients: callers for whom {@code GET /1.0} says "trusted". */
    public boolean isTrusted() {
        return standing == Standing.ADMIN || standing == Standing.RESTRICTED;
    }

    public boolean isAdmin() {
        return standing == Standing.ADMIN;
    }

    /** True when the caller may see private images of, and write to, {@code project}. */
    public boolean mayUse(String project) {
        return isAdmin() || standing == Standing.RESTRICTED && projects.contains(project);
    }
}
