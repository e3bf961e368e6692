package dev.berth.lxd;

import dev.berth.contract.TrustContract.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A profile as clients read it; images refer to profiles by name only (rest-api 7). */
public final class ProfileDocument {
    private static final String PATH = "/1.0/profiles/";

    private ProfileDocument() {}

    /** Where a profile is found; outside the default project the URL says which. */
    public static String url(Profile profile) {
        String path = path(profile.name());
        return profile.project().equals("default")
                ? path
                : path + "?project=" + URLEncoder.encode(profile.project(), StandardCharsets.UTF_8);
    }

    /** The same without saying which project. */
    public static String path(String name) {
        return PATH + PathSegment.escape(name);
    }

    /** The document as JSON. */
    public static byte[] bytes(Profile profile) {
        return LxdJson.bytes(of(profile));
    }

    /** What {@code GET /1.0/profiles} lists: whole documents or URLs. */
    public static byte[] list(List<Profile> profiles, boolean recursive) {
        return LxdJson.bytes(profiles.stream()
                .map(profile -> recursive ? of(profile) : url(profile))
                .toList());
    }

    private static Map<String, Object> of(Profile profile) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", profile.name());
        document.put("description", profile.description());
        document.put("config", profile.config());
        document.put("devices", profile.devices());
        document.put("used_by", List.of());
        document.put("project", profile.project());
        return document;
    }
}
