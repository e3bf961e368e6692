package dev.berth.serve.lxd.server;

import dev.berth.image.Caller;
import dev.berth.serve.edge.ServerIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code GET /1.0}: who this server is and what it can do (rest-api 1.2). */
final class ServerDocument {
    private final ServerIdentity identity;
    private final Map<String, Object> machine = Machine.facts();

    ServerDocument(ServerIdentity identity) {
        this.identity = identity;
    }

    /** What strangers read: all extensions, no environment, no settings. */
    Map<String, Object> forStranger(boolean presentedCertificate) {
        return common("untrusted", presentedCertificate);
    }

    /**
     * What trusted callers read.
     *
     * @param project echo of {@code ?project=}
     * @param settings shown to administrators; restricted callers read an empty map
     * @param addresses where this server can be reached
     */
    Map<String, Object> forTrusted(
            Caller caller,
            boolean presentedCertificate,
            String project,
            Map<String, String> settings,
            List<String> addresses) {
        Map<String, Object> document = common("trusted", presentedCertificate);
        document.put("auth_user_name", caller.username());
        document.put("auth_user_method", caller.protocol());
        document.put("config", caller.isAdmin() ? new TreeMap<>(settings) : Map.of());
        document.put("environment", environment(project, addresses));
        return document;
    }

    private static Map<String, Object> common(String auth, boolean presentedCertificate) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("api_extensions", Extension.names());
        document.put("api_status", "stable");
        document.put("api_version", "1.0");
        document.put("auth", auth);
        document.put("public", false);
        document.put("auth_methods", List.of("tls"));
        document.put("client_certificate", presentedCertificate);
        return document;
    }

    private Map<String, Object> environment(String project, List<String> addresses) {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("addresses", addresses);
        environment.put("certificate", identity.certificatePem());
        environment.put("certificate_fingerprint", identity.certificateFingerprint());
        environment.put("project", project);
        environment.put("server", "berth");
        environment.put("server_clustered", false);
        environment.put("server_event_mode", "full-mesh");
        environment.put("server_name", identity.serverName());
        environment.put("server_lts", false);
        environment.putAll(machine);
        return environment;
    }
}
