package dev.berth.catalog;

import dev.berth.image.Image;
import dev.berth.lxd.PathSegment;

/** Where images and aliases are found, as lists name them. The default project goes without saying, as in LXD. */
final class Urls {
    private static final String DEFAULT = "default";

    private Urls() {}

    static String image(Image image, boolean withProject) {
        return "/1.0/images/" + image.fingerprint().hex() + query(image.project(), withProject);
    }

    static String alias(String project, String name, boolean withProject) {
        return "/1.0/images/aliases/" + PathSegment.escape(name) + query(project, withProject);
    }

    private static String query(String project, boolean withProject) {
        boolean named = withProject && !project.equals(DEFAULT);
        return named ? "?project=" + PathSegment.escape(project).replace("&", "%26").replace("+", "%2B") : "";
    }
}
