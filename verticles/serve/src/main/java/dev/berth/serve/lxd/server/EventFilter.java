package dev.berth.serve.lxd.server;

import dev.berth.contract.OperationsContract.Event;
import dev.berth.image.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which events one listener gets (rest-api 4.5): of the types it asked for, of its project or of none, and nothing that
 * is for administrators unless it is one.
 *
 * @param types wanted types, never empty
 * @param project the listener's project, or null for all projects
 * @param admin whether the listener may see secrets
 */
record EventFilter(Set<String> types, String project, boolean admin) {
    private static final String LOGGING = "logging";
    private static final List<String> KNOWN = List.of("operation", "lifecycle", LOGGING);

    EventFilter {
        types = Set.copyOf(types);
    }

    /**
     * The wanted types.
     *
     * @param list comma-separated, or null for everything this caller may see
     * @throws IllegalArgumentException when one is unknown; the message is LXD's
     */
    static Set<String> typesOf(String list, Caller caller) {
        if (list == null || list.isBlank()) {
            return caller.isAdmin() ? Set.copyOf(KNOWN) : Set.of("operation", "lifecycle");
        }
        List<String> wanted = new ArrayList<>();
        for (String type : list.split(",")) {
            wanted.add(known(type.strip()));
        }
        return Set.copyOf(wanted);
    }

    /** True when log lines are among the wanted types, which are for administrators only. */
    static boolean wantsLogs(Set<String> types) {
        return types.contains(LOGGING);
    }

    boolean lets(Event event) {
        return types.contains(event.type())
                && (admin || !event.adminsOnly())
                && (project == null || event.project().isEmpty() || event.project().equals(project));
    }

    private static String known(String type) {
        if (!KNOWN.contains(type)) {
            throw new IllegalArgumentException('"' + type + "\" is not a supported event type");
        }
        return type;
    }
}
