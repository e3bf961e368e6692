package dev.berth.serve.lxd;

import dev.berth.image.Caller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The project a request means.
 *
 * @param project as named by the request, or {@code default}
 * @param imageProject where its images and aliases live: itself, or {@code default} without {@code features.images}
 */
public record Scope(String project, String imageProject) {
    public static final String DEFAULT_PROJECT = "default";
    /** What requests without a project mean. */
    public static final Scope DEFAULT = new Scope(DEFAULT_PROJECT, DEFAULT_PROJECT);

    public boolean isDefault() {
        return project.equals(DEFAULT_PROJECT);
    }

    /** True when {@code caller} may see private images here, and write. */
    public boolean isOpenTo(Caller caller) {
        return caller.mayUse(project);
    }

    /** A relative URL as this project's clients need it: other projects than default are named in it. */
    public String url(String path) {
        return isDefault() ? path : path + "?project=" + URLEncoder.encode(project, StandardCharsets.UTF_8);
    }
}
