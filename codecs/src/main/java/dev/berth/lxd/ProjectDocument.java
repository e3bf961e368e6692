package dev.berth.lxd;

import dev.berth.contract.TrustContract.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A project as clients read it (rest-api 7). */
public final class ProjectDocument {
    private static final String PATH = "/1.0/projects/";

    private ProjectDocument() {}

    /** Where a project is found. */
    public static String url(String name) {
        return PATH + PathSegment.escape(name);
    }

    /**
     * The document as JSON.
     *
     * @param usedBy URLs of what the project holds
     */
    public static byte[] bytes(Project project, List<String> usedBy) {
        return LxdJson.bytes(of(project, usedBy));
    }

    /**
     * What {@code GET /1.0/projects} lists: whole documents or URLs.
     *
     * @param usedBy gives the URLs of what the project of that name holds
     */
    public static byte[] list(List<Project> projects, boolean recursive, Function<String, List<String>> usedBy) {
        return LxdJson.bytes(projects.stream()
                .map(project -> recursive ? of(project, usedBy.apply(project.name())) : url(project.name()))
                .toList());
    }

    private static Map<String, Object> of(Project project, List<String> usedBy) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", project.name());
        document.put("description", project.description());
        document.put("config", project.config());
        document.put("used_by", usedBy);
        return document;
    }
}
