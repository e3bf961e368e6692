package dev.berth.fetch.lxd;

import dev.berth.contract.FetchContract.Source;
import dev.berth.fetch.guard.Location;
import dev.berth.lxd.PathSegment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where things stand at an LXD server. Pure. */
record LxdPaths(Location base, String query) {
    private static final String DEFAULT_PROJECT = "default";

    /** A secret is escaped twice, because that is how servers read it (rest-api 0.13). */
    static LxdPaths of(Source source) {
        String project = source.project().isEmpty() ? DEFAULT_PROJECT : source.project();
        String query = "?project=" + escaped(project)
                + (source.secret().isEmpty() ? "" : "&secret=" + escaped(escaped(source.secret())));
        return new LxdPaths(Location.parse(source.server()), query);
    }

    /** The path below the base of the list of all images with their documents. */
    String images() {
        return "/1.0/images" + query + "&recursion=1";
    }

    Location alias(String name) {
        return base.below("/1.0/images/aliases/" + PathSegment.escape(name) + query);
    }

    Location image(String fingerprint) {
        return base.below("/1.0/images/" + PathSegment.escape(fingerprint) + query);
    }

    Location export(String fingerprint) {
        return base.below("/1.0/images/" + PathSegment.escape(fingerprint) + "/export" + query);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
