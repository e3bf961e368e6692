package dev.berth.trust;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.Identify;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.contract.TrustContract.Project;
import dev.berth.image.Caller;
import dev.berth.image.Caller.Standing;
import dev.berth.image.Fingerprint;
import dev.berth.kit.bus.RefusedException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Everything that trust knows at one moment, single-use tokens excepted. Immutable; any thread. */
final class TrustSnapshot {
    static final String DEFAULT = "default";
    static final TrustSnapshot EMPTY = new TrustSnapshot(List.of(), List.of(), List.of(), List.of());

    private final NavigableMap<String, Certificate> certificates = new TreeMap<>();
    private final NavigableMap<String, Project> projects = new TreeMap<>();
    private final NavigableMap<String, NavigableMap<String, Profile>> profiles = new TreeMap<>();
    private final NavigableMap<String, KeptAccess> accesses = new TreeMap<>();
    private final Map<String, KeptAccess> accessesByDigest = new HashMap<>();

    TrustSnapshot(
            List<Certificate> certificates, List<Project> projects, List<Profile> profiles, List<KeptAccess> accesses) {
        certificates.forEach(certificate -> this.certificates.put(certificate.fingerprint(), certificate));
        projects.forEach(project -> this.projects.put(project.name(), project));
        profiles.forEach(profile -> this.profiles
                .computeIfAbsent(profile.project(), name -> new TreeMap<>())
                .put(profile.name(), profile));
        accesses.forEach(kept -> {
            this.accesses.put(kept.access().name(), kept);
            this.accessesByDigest.put(kept.digest(), kept);
        });
    }

    /** By equality of the whole certificate: no chains, no authorities (rest-api 0.4). O(log n). */
    Caller identify(Identify presented) {
        return certificate(presented.certificate())
                .map(known -> caller(known, presented.address()))
                .orElseGet(() -> Caller.stranger(presented.address()));
    }

    Collection<Certificate> certificates() {
        return Collections.unmodifiableCollection(certificates.values());
    }

    Optional<Certificate> certificate(String fingerprint) {
        return Optional.ofNullable(certificates.get(fingerprint));
    }

    /** @throws RefusedException when none or more than one begins like this */
    Certificate certificateByPrefix(String prefix) {
        NavigableMap<String, Certificate> matches = Fingerprint.isPrefix(prefix)
                ? certificates.subMap(prefix, true, prefix + Character.MAX_VALUE, false)
                : Collections.emptyNavigableMap();
        if (matches.isEmpty()) {
            throw new RefusedException(Refused.notFound("Certificate not found"));
        }
        if (matches.size() > 1) {
            throw new RefusedException(new Refused(Refused.Reason.BROKEN, "More than one certificate matches"));
        }
        return matches.firstEntry().getValue();
    }

    Collection<Project> projects() {
        return Collections.unmodifiableCollection(projects.values());
    }

    /** @throws RefusedException when there is none */
    Project project(String name) {
        return findProject(name)
                .orElseThrow(() -> new RefusedException(Refused.notFound("Project not found")));
    }

    Optional<Project> findProject(String name) {
        return Optional.ofNullable(projects.get(name));
    }

    /** The project whose images {@code project} shows. Unknown projects have only themselves. */
    String imageProject(String project) {
        return owner(project, ProjectKeys.IMAGES);
    }

    /** The project whose profiles {@code project} shows. */
    String profileProject(String project) {
        return owner(project, ProjectKeys.PROFILES);
    }

    Collection<Profile> profiles(String project) {
        return Collections.unmodifiableCollection(profilesOf(project).values());
    }

    Optional<Profile> profile(String project, String name) {
        return Optional.ofNullable(profilesOf(project).get(name));
    }

    /** The profiles that {@code project} itself owns, whatever its features say. */
    Set<String> ownProfiles(String project) {
        return profiles.getOrDefault(project, Collections.emptyNavigableMap()).keySet();
    }

    Collection<KeptAccess> accesses() {
        return Collections.unmodifiableCollection(accesses.values());
    }

    Optional<KeptAccess> access(String name) {
        return Optional.ofNullable(accesses.get(name));
    }

    /** O(1), and it takes the same time however near a guess is. */
    Optional<KeptAccess> accessByDigest(String digest) {
        return Optional.ofNullable(accessesByDigest.get(digest)).filter(kept -> Secrets.areEqual(kept.digest(), digest));
    }

    private NavigableMap<String, Profile> profilesOf(String project) {
        return projects.containsKey(project)
                ? profiles.getOrDefault(profileProject(project), Collections.emptyNavigableMap())
                : Collections.emptyNavigableMap();
    }

    private String owner(String project, String feature) {
        return findProject(project).filter(found -> !ProjectKeys.isOn(found, feature)).isPresent() ? DEFAULT : project;
    }

    private static Caller caller(Certificate known, String address) {
        return new Caller(standing(known), known.fingerprint(), "tls", address, Set.copyOf(known.projects()));
    }

    private static Standing standing(Certificate known) {
        if (known.type().equals(CertificateRules.METRICS)) {
            return Standing.METRICS;
        }
        return known.restricted() ? Standing.RESTRICTED : Standing.ADMIN;
    }
}
