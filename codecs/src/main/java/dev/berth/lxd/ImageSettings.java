package dev.berth.lxd;

import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.Projects;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What holds for the images of a project: its own value, else the server's, else the default (rest-api 6.1). Equal when
 * nothing about images differs.
 *
 * @param server {@code images.*} of the server
 * @param projects {@code images.*} by project
 */
public record ImageSettings(Map<String, String> server, Map<String, Map<String, String>> projects) {
    public static final String CACHE_DAYS = "images.remote_cache_expiry";
    public static final String UPDATE_HOURS = "images.auto_update_interval";

    private static final String OURS = "images.";
    /** Ten thousand years: beyond it, numbers mean "never" and would only overflow. */
    private static final long MOST_DAYS = 3_652_500;

    public static ImageSettings of(Settings settings, Projects projects) {
        return new ImageSettings(
                ours(settings.values()),
                projects.projects().stream().collect(Collectors.toMap(Project::name, each -> ours(each.config()))));
    }

    /** Days an unused cached image stays; 0 for ever. */
    public long cacheDays(String project) {
        return number(project, CACHE_DAYS);
    }

    /** Whether the project says itself how long its cached images stay. */
    public boolean hasOwnCacheDays(String project) {
        return own(project).containsKey(CACHE_DAYS);
    }

    /** Hours between two looks for newer images; 0 never. */
    public long updateHours(String project) {
        return number(project, UPDATE_HOURS);
    }

    private long number(String project, String key) {
        return Math.max(0, Math.min(MOST_DAYS, Long.parseLong(value(project, key))));
    }

    private String value(String project, String key) {
        String server = server().getOrDefault(key, ServerSettings.standard(key));
        return own(project).getOrDefault(key, server);
    }

    private Map<String, String> own(String project) {
        return projects.getOrDefault(project, Map.of());
    }

    private static Map<String, String> ours(Map<String, String> values) {
        Map<String, String> ours = new TreeMap<>(values);
        ours.entrySet().removeIf(each -> !each.getKey().startsWith(OURS) || each.getValue().isEmpty());
        return ours;
    }
}
