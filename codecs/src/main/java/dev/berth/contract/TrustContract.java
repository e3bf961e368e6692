package dev.berth.contract;

import dev.berth.image.Caller;
import dev.berth.image.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What trust answers: who is asking, and what they may see and do; certificates, tokens, projects, profiles. */
public final class TrustContract {
    /** Whose certificate this is. Answered from memory. */
    public static final Call<Identify, Caller> IDENTIFY =
            Call.of("berth.trust.identify", Identify.class);

    public static final Call<ListCertificates, Certificates> LIST_CERTIFICATES =
            Call.of("berth.trust.certificate.list", ListCertificates.class);
    /** Refused: NOT_FOUND "Certificate not found", BROKEN "More than one certificate matches". */
    public static final Call<FindCertificate, Answer<CertificateIs>> FIND_CERTIFICATE =
            Call.of("berth.trust.certificate.find", FindCertificate.class);
    /** Adds a certificate; the caller's right to do so was checked before. Refused: INVALID (weak key, expired), CONFLICT "Certificate already in trust store". */
    public static final Call<AddCertificate, Answer<CertificateIsAdded>> ADD_CERTIFICATE =
            Call.of("berth.trust.certificate.add", AddCertificate.class);
    public static final Call<EditCertificate, Answer<Done>> EDIT_CERTIFICATE =
            Call.of("berth.trust.certificate.edit", EditCertificate.class);
    public static final Call<RemoveCertificate, Answer<Done>> REMOVE_CERTIFICATE =
            Call.of("berth.trust.certificate.remove", RemoveCertificate.class);

    /** Makes a single-use secret, durable and visible as a token operation. */
    public static final Call<GrantToken, Answer<TokenIsGranted>> GRANT_TOKEN =
            Call.of("berth.trust.token.grant", GrantToken.class);
    /**
     * Uses a secret. The first use ends its operation; image secrets stay good for a short grace time after it,
     * certificate tokens do not. Compared in constant time. Refused: FORBIDDEN with LXD's text. */
    public static final Call<RedeemToken, Answer<TokenIsRedeemed>> REDEEM_TOKEN =
            Call.of("berth.trust.token.redeem", RedeemToken.class);
    /** Makes the secret behind a token operation worthless, for good before the answer. Unknown ones are void already. */
    public static final Call<VoidToken, Done> VOID_TOKEN = Call.of("berth.trust.token.void", VoidToken.class);

    public static final Call<ListProjects, Projects> LIST_PROJECTS =
            Call.of("berth.trust.project.list", ListProjects.class);
    /** Refused: NOT_FOUND "Project not found". */
    public static final Call<FindProject, Answer<ProjectIs>> FIND_PROJECT =
            Call.of("berth.trust.project.find", FindProject.class);
    /**
     * Creates a project, with the usual features unless it says otherwise, or replaces description and config of one. The
     * asker made sure that it holds no images when {@code features.images} changes. Refused: INVALID (name, key or value),
     * CONFLICT when it is there already, NOT_FOUND "Project not found", CHANGED when somebody else edited it meanwhile.
     */
    public static final Call<PutProject, Answer<Done>> PUT_PROJECT =
            Call.of("berth.trust.project.put", PutProject.class);
    /** Renames an empty project, also in the certificates that are limited to it; its tokens are void. The asker made sure that it holds no images. */
    public static final Call<RenameProject, Answer<Done>> RENAME_PROJECT =
            Call.of("berth.trust.project.rename", RenameProject.class);
    /** Deletes an empty project, also from the certificates that are limited to it; its tokens are void. The asker made sure that it holds no images. */
    public static final Call<DeleteProject, Answer<Done>> DELETE_PROJECT =
            Call.of("berth.trust.project.delete", DeleteProject.class);

    /** A project without {@code features.profiles} shows those of {@code default}, and changes those. */
    public static final Call<ListProfiles, Profiles> LIST_PROFILES =
            Call.of("berth.trust.profile.list", ListProfiles.class);
    /** Refused: NOT_FOUND "Profile not found". */
    public static final Call<FindProfile, Answer<ProfileIs>> FIND_PROFILE =
            Call.of("berth.trust.profile.find", FindProfile.class);
    public static final Call<PutProfile, Answer<Done>> PUT_PROFILE =
            Call.of("berth.trust.profile.put", PutProfile.class);
    public static final Call<DeleteProfile, Answer<Done>> DELETE_PROFILE =
            Call.of("berth.trust.profile.delete", DeleteProfile.class);

    /**
     * Makes a token that reads what is private below some paths. Refused: INVALID (name, no path), CONFLICT when there is
     * one of this name, FULL when there are too many.
     */
    public static final Call<AddAccess, Answer<AccessIsAdded>> ADD_ACCESS =
            Call.of("berth.trust.access.add", AddAccess.class);
    /** By name, expired ones too. */
    public static final Call<ListAccess, Accesses> LIST_ACCESS = Call.of("berth.trust.access.list", ListAccess.class);
    /** The token is worthless before the answer. Refused: NOT_FOUND. */
    public static final Call<RemoveAccess, Answer<Done>> REMOVE_ACCESS =
            Call.of("berth.trust.access.remove", RemoveAccess.class);
    /** What a token opens. Answered from memory, compared in constant time. Refused: FORBIDDEN when unknown or expired. */
    public static final Call<RecogniseAccess, Answer<Access>> RECOGNISE_ACCESS =
            Call.of("berth.trust.access.recognise", RecogniseAccess.class);

    private TrustContract() {}

    /**
     * @param certificate SHA-256 of the certificate (hex) whose key the peer has; it is valid now
     * @param address the peer as {@code ip:port}
     */
    public record Identify(String certificate, String address) {}

    /**
     * @param fingerprint SHA-256 of the DER form, hex
     * @param type {@code client} or {@code metrics}
     * @param pem the certificate
     */
    public record Certificate(
            String fingerprint,
            String name,
            String type,
            boolean restricted,
            List<String> projects,
            String pem,
            String description) {}

    public record ListCertificates() {}

    public record Certificates(List<Certificate> certificates) {}

    /** @param prefix of the fingerprint */
    public record FindCertificate(String prefix) {}

    public record CertificateIs(Certificate certificate) {}

    /** @param der the certificate in DER form */
    public record AddCertificate(
            byte[] der,
            String name,
            String type,
            boolean restricted,
            List<String> projects,
            String description,
            Requestor requestor) {}

    public record CertificateIsAdded(String fingerprint) {}

    /**
     * Null fields stay as they are.
     *
     * @param seen the entry that the edit was made of, as in {@link PutProject}
     */
    public record EditCertificate(
            String fingerprint,
            String name,
            String type,
            Boolean restricted,
            List<String> projects,
            byte[] der,
            String description,
            Certificate seen,
            Requestor requestor) {}

    public record RemoveCertificate(String fingerprint, Requestor requestor) {}

    /** What a token is good for; a token of one purpose is worthless for another (rest-api 8, 153). */
    public enum Purpose {
        ADD_CERTIFICATE,
        DOWNLOAD_IMAGE,
        UPLOAD_IMAGE
    }

    /**
     * @param purpose what for
     * @param project where it is valid and shows
     * @param fingerprint the image, for image purposes; else null
     * @param lifetimeSeconds until it is void; 0 for never
     * @param metadata shown in the operation beside {@code secret}; for certificates {@code fingerprint}, {@code addresses}, {@code request}
     */
    public record GrantToken(
            Purpose purpose,
            String project,
            Fingerprint fingerprint,
            long lifetimeSeconds,
            Map<String, Object> metadata,
            Requestor requestor) {}

    /**
     * Its text leaves the secret out, so that it cannot slip into a log; so does that of {@link RedeemToken}.
     *
     * @param operation the token operation, its metadata carrying the secret
     */
    public record TokenIsGranted(String secret, OperationsContract.Operation operation) {
        @Override
        public String toString() {
            return "TokenIsGranted[operation=" + operation.id() + "]";
        }
    }

    /**
     * @param project must equal the token's; null when it does not matter (certificates)
     * @param fingerprint must equal the token's; null when it does not matter
     */
    public record RedeemToken(Purpose purpose, String secret, String project, Fingerprint fingerprint) {
        @Override
        public String toString() {
            return "RedeemToken[purpose=" + purpose + ", project=" + project + ", fingerprint=" + fingerprint + "]";
        }
    }

    /** @param metadata as granted; what the token says wins over what its user says */
    public record TokenIsRedeemed(Map<String, Object> metadata, Instant grantedAt) {}

    /** @param operation id of the token operation; its asker ends the operation itself */
    public record VoidToken(String operation) {}

    /** @param config at least {@code features.images} and {@code features.profiles} */
    public record Project(String name, String description, Map<String, String> config) {}

    public record ListProjects() {}

    public record Projects(List<Project> projects) {}

    public record FindProject(String name) {}

    /** @param imageProject the project whose images it shows: itself, or {@code default} without {@code features.images} */
    public record ProjectIs(Project project, String imageProject) {}

    /**
     * @param create true: must be new; false: must exist
     * @param seen what {@code project} was made of; it must still be there. Null when that does not matter
     */
    public record PutProject(Project project, boolean create, Project seen, Requestor requestor) {
        /** Whatever is there. */
        public PutProject(Project project, boolean create, Requestor requestor) {
            this(project, create, null, requestor);
        }
    }

    public record RenameProject(String name, String newName, Requestor requestor) {}

    public record DeleteProject(String name, Requestor requestor) {}

    public record Profile(
            String project,
            String name,
            String description,
            Map<String, String> config,
            Map<String, Map<String, String>> devices) {}

    public record ListProfiles(String project) {}

    public record Profiles(List<Profile> profiles) {}

    public record FindProfile(String project, String name) {}

    public record ProfileIs(Profile profile) {}

    /** Its fields are those of {@link PutProject}. */
    public record PutProfile(Profile profile, boolean create, Profile seen, Requestor requestor) {
        /** Whatever is there. */
        public PutProfile(Profile profile, boolean create, Requestor requestor) {
            this(profile, create, null, requestor);
        }
    }

    public record DeleteProfile(String project, String name, Requestor requestor) {}

    /**
     * What a token for reading opens; never the token itself.
     *
     * @param name unique among them
     * @param paths below which it reads
     * @param expiresAt null for never
     */
    public record Access(String name, List<PathPrefix> paths, Instant createdAt, Instant expiresAt) {}

    /** @param lifetimeSeconds until it is void; 0 for never */
    public record AddAccess(String name, List<PathPrefix> paths, long lifetimeSeconds, Requestor requestor) {}

    /**
     * Its text leaves the token out, as does that of {@link RecogniseAccess}.
     *
     * @param token told this once: only its digest is kept
     */
    public record AccessIsAdded(String token, Access access) {
        @Override
        public String toString() {
            return "AccessIsAdded[access=" + access + "]";
        }
    }

    public record ListAccess() {}

    public record Accesses(List<Access> accesses) {}

    public record RemoveAccess(String name, Requestor requestor) {}

    public record RecogniseAccess(String token) {
        @Override
        public String toString() {
            return "RecogniseAccess[]";
        }
    }
}
