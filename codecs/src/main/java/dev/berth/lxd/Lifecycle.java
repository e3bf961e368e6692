package dev.berth.lxd;

import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Requestor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes lifecycle events: what happened to which thing, and who caused it (rest-api 4.5). */
public final class Lifecycle {
    private static final String DEFAULT_PROJECT = "default";

    private Lifecycle() {}

    /**
     * @param action for example {@code image-created}
     * @param source path of the thing, for example {@code /1.0/images/<fp>}, its names escaped, without a query
     * @param context more facts, may be empty
     * @param project the project it happened in, or empty when it concerns the server
     */
    public static Event event(
            String action,
            String source,
            Map<String, ?> context,
            Requestor requestor,
            String project,
            Instant now) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "lifecycle");
        frame.put("timestamp", LxdJson.time(now));
        frame.put("metadata", metadata(action, source, context, requestor, project));
        frame.put("location", "none");
        frame.put("project", project);
        String json = new String(LxdJson.bytes(frame), StandardCharsets.UTF_8);
        return new Event("lifecycle", project, now, false, json);
    }

    private static Map<String, Object> metadata(
            String action, String source, Map<String, ?> context, Requestor requestor, String project) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("action", action);
        metadata.put("source", inProject(source, project));
        if (!context.isEmpty()) {
            metadata.put("context", context);
        }
        metadata.put("requestor", requestor(requestor));
        metadata.put("name", PathSegment.unescape(source.substring(source.lastIndexOf('/') + 1)));
        metadata.put("project", project);
        return metadata;
    }

    private static Map<String, String> requestor(Requestor requestor) {
        Map<String, String> who = new LinkedHashMap<>();
        who.put("username", requestor.username());
        who.put("protocol", requestor.protocol());
        who.put("address", requestor.address());
        return who;
    }

    private static String inProject(String source, String project) {
        return project.isEmpty() || project.equals(DEFAULT_PROJECT) ? source : source + "?project=" + project;
    }
}
