package dev.berth.trust;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.kit.bus.RefusedException;
import java.util.Map;

/** What may be done to profiles. They are names and texts to an image service: nothing runs with them. */
final class ProfileRules {
    private static final int LONGEST_NAME = 64;

    private ProfileRules() {}

    /** The profile to write, in the project that owns it. */
    static Profile creating(TrustSnapshot now, Profile asked) {
        checkName(asked.name());
        now.project(asked.project());
        if (now.profile(asked.project(), asked.name()).isPresent()) {
            throw new RefusedException(Refused.conflict("The profile already exists"));
        }
        return owned(now, asked);
    }

    /** The profile as it shall be: what is not given is unset. */
    static Profile editing(TrustSnapshot now, Profile asked) {
        find(now, asked.project(), asked.name());
        return owned(now, asked);
    }

    /** The profile to delete, with its owner. */
    static Profile deleting(TrustSnapshot now, String project, String name) {
        if (name.equals(TrustSnapshot.DEFAULT)) {
            throw new RefusedException(Refused.forbidden("The default profile cannot be deleted"));
        }
        return find(now, project, name);
    }

    static Profile find(TrustSnapshot now, String project, String name) {
        return now.profile(project, name)
                .orElseThrow(() -> new RefusedException(Refused.notFound("Profile not found")));
    }

    private static void checkName(String name) {
        refuse(name == null || name.isEmpty(), "No name provided");
        refuse(name.contains("/"), "Profile names may not contain slashes");
        refuse(name.equals(".") || name.equals(".."), "Invalid profile name \"" + name + "\"");
        refuse(name.chars().anyMatch(Character::isISOControl), "Profile names may not contain control characters");
        refuse(
                name.length() > LONGEST_NAME,
                "Profile names may have " + LONGEST_NAME + " characters at most, got " + name.length());
    }

    private static Profile owned(TrustSnapshot now, Profile asked) {
        return new Profile(
                now.profileProject(asked.project()),
                asked.name(),
                asked.description() == null ? "" : asked.description(),
                asked.config() == null ? Map.of() : asked.config(),
                asked.devices() == null ? Map.of() : asked.devices());
    }

    private static void refuse(boolean wrong, String text) {
        if (wrong) {
            throw new RefusedException(Refused.invalid(text));
        }
    }
}
