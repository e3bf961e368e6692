package dev.berth.trust;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract.Project;
import dev.berth.kit.bus.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What may be done to projects (rest-api 7). Every method throws {@link RefusedException} when it may not. */
final class ProjectRules {
    private static final int LONGEST_NAME = 64;
    private static final Set<String> ONLY_DEFAULT = Set.of(TrustSnapshot.DEFAULT);

    private ProjectRules() {}

    /** The project to create: as asked for, with the usual features where it does not say. */
    static Project creating(TrustSnapshot now, Project asked) {
        checkName(asked.name());
        checkNew(now, asked.name());
        Map<String, String> config = new LinkedHashMap<>();
        ProjectKeys.USUAL.forEach(feature -> config.put(feature, "true"));
        config.putAll(checked(asked.config()));
        return new Project(asked.name(), description(asked), Map.copyOf(config));
    }

    /** The project as it shall be: what is not given is unset. */
    static Project editing(TrustSnapshot now, Project asked) {
        Project before = now.project(asked.name());
        Project after = new Project(asked.name(), description(asked), Map.copyOf(checked(asked.config())));
        if (asked.name().equals(TrustSnapshot.DEFAULT)) {
            checkFeaturesStay(after);
        }
        if (changes(before, after, ProjectKeys.PROFILES) && hasOwnProfiles(now, asked.name())) {
            throw refused(Refused.invalid("Features can only be changed on empty projects"));
        }
        return after;
    }

    static void renaming(TrustSnapshot now, String name, String newName) {
        if (name.equals(TrustSnapshot.DEFAULT)) {
            throw refused(Refused.forbidden("The default project cannot be renamed"));
        }
        now.project(name);
        checkName(newName);
        checkNew(now, newName);
        if (hasOwnProfiles(now, name)) {
            throw refused(Refused.invalid("Only empty projects can be renamed"));
        }
    }

    static void deleting(TrustSnapshot now, String name) {
        if (name.equals(TrustSnapshot.DEFAULT)) {
            throw refused(Refused.forbidden("The default project cannot be deleted"));
        }
        now.project(name);
        if (hasOwnProfiles(now, name)) {
            throw refused(Refused.invalid("Only empty projects can be removed"));
        }
    }

    private static void checkName(String name) {
        if (name == null || name.isEmpty()) {
            throw refused(Refused.invalid("No name provided"));
        }
        refuse(name.contains("/"), "Project names may not contain slashes");
        refuse(name.contains(" "), "Project names may not contain spaces");
        refuse(name.contains("_"), "Project names may not contain underscores");
        refuse(name.contains("'") || name.contains("\""), "Project names may not contain quotes");
        refuse(name.equals("*"), "Reserved project name");
        refuse(name.equals(".") || name.equals(".."), "Invalid project name \"" + name + "\"");
        refuse(name.chars().anyMatch(Character::isISOControl), "Project names may not contain control characters");
        refuse(
                name.length() > LONGEST_NAME,
                "Project names may have " + LONGEST_NAME + " characters at most, got " + name.length());
    }

    private static void checkNew(TrustSnapshot now, String name) {
        if (now.findProject(name).isPresent()) {
            throw refused(Refused.conflict("A project named \"" + name + "\" already exists"));
        }
    }

    private static Map<String, String> checked(Map<String, String> config) {
        Map<String, String> checked = new TreeMap<>(config == null ? Map.of() : config);
        checked.forEach((key, value) -> {
            refuse(!ProjectKeys.isKnown(key), "Invalid project configuration key: " + key);
            refuse(!ProjectKeys.accepts(key, value), "Invalid project configuration value for " + key + ": " + value);
        });
        return checked;
    }

    private static void checkFeaturesStay(Project after) {
        refuse(
                !ProjectKeys.isOn(after, ProjectKeys.IMAGES) || !ProjectKeys.isOn(after, ProjectKeys.PROFILES),
                "You can't change the features of the default project");
    }

    private static boolean changes(Project before, Project after, String feature) {
        return ProjectKeys.isOn(before, feature) != ProjectKeys.isOn(after, feature);
    }

    private static boolean hasOwnProfiles(TrustSnapshot now, String project) {
        return !ONLY_DEFAULT.containsAll(now.ownProfiles(project));
    }

    private static String description(Project project) {
        return project.description() == null ? "" : project.description();
    }

    private static void refuse(boolean wrong, String text) {
        if (wrong) {
            throw refused(Refused.invalid(text));
        }
    }

    private static RefusedException refused(Refused refused) {
        return new RefusedException(refused);
    }
}
