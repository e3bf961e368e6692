package dev.berth.serve.lxd.server;

import dev.berth.contract.Answer;
import dev.berth.contract.Done;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.AddCertificate;
import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.CertificateIs;
import dev.berth.contract.TrustContract.CertificateIsAdded;
import dev.berth.contract.TrustContract.Certificates;
import dev.berth.contract.TrustContract.EditCertificate;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.contract.TrustContract.ProfileIs;
import dev.berth.contract.TrustContract.Profiles;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.ProjectIs;
import dev.berth.contract.TrustContract.Projects;
import dev.berth.contract.TrustContract.PutProject;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.contract.TrustContract.TokenIsGranted;
import dev.berth.contract.TrustContract.TokenIsRedeemed;
import dev.berth.kit.bus.Bus;
import dev.berth.serve.lxd.FaceServer;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Certificates, tokens, projects and profiles in memory, with the refusals the real one gives. */
final class FakeTrust {
    final Map<String, Certificate> certificates = new TreeMap<>();
    final Map<String, Operation> tokens = new LinkedHashMap<>();
    final Map<String, Project> projects = new TreeMap<>();
    final Map<String, Profile> profiles = new TreeMap<>();
    EditCertificate lastEdit;
    PutProject lastPut;
    GrantToken lastGrant;
    private final FakeOperations operations;

    FakeTrust(Bus bus, FakeOperations operations) {
        this.operations = operations;
        project("default");
        profile("default", "default");
        FaceServer.await(bus.answer(TrustContract.LIST_CERTIFICATES, q -> now(new Certificates(List.copyOf(certificates.values())))));
        FaceServer.await(bus.answer(TrustContract.FIND_CERTIFICATE, q -> now(findCertificate(q.prefix()))));
        FaceServer.await(bus.answer(TrustContract.ADD_CERTIFICATE, q -> now(add(q))));
        FaceServer.await(bus.answer(TrustContract.EDIT_CERTIFICATE, q -> now(edit(q))));
        FaceServer.await(bus.answer(TrustContract.REMOVE_CERTIFICATE, q -> now(done(certificates.remove(q.fingerprint())))));
        FaceServer.await(bus.answer(TrustContract.GRANT_TOKEN, q -> now(grant(q))));
        FaceServer.await(bus.answer(TrustContract.REDEEM_TOKEN, q -> now(redeem(q))));
        FaceServer.await(bus.answer(TrustContract.LIST_PROJECTS, q -> now(new Projects(List.copyOf(projects.values())))));
        FaceServer.await(bus.answer(TrustContract.FIND_PROJECT, q -> now(found(projects.get(q.name()), FakeTrust::is, "Project"))));
        FaceServer.await(bus.answer(TrustContract.PUT_PROJECT, q -> now(put(q))));
        FaceServer.await(bus.answer(TrustContract.DELETE_PROJECT, q -> now(done(projects.remove(q.name())))));
        FaceServer.await(bus.answer(TrustContract.RENAME_PROJECT, q -> now(done(rename(q.name(), q.newName())))));
        FaceServer.await(bus.answer(TrustContract.LIST_PROFILES, q -> now(profilesOf(q.project()))));
        FaceServer.await(bus.answer(TrustContract.FIND_PROFILE, q -> now(found(profiles.get(q.project() + "/" + q.name()), ProfileIs::new, "Profile"))));
        FaceServer.await(bus.answer(TrustContract.PUT_PROFILE, q -> now(done(profiles.put(q.profile().project() + "/" + q.profile().name(), q.profile())))));
        FaceServer.await(bus.answer(TrustContract.DELETE_PROFILE, q -> now(done(profiles.remove(q.project() + "/" + q.name())))));
    }

    Project project(String name) {
        Project project = new Project(name, "", Map.of("features.images", "true", "features.profiles", "true"));
        projects.put(name, project);
        return project;
    }

    void profile(String project, String name) {
        profiles.put(project + "/" + name, new Profile(project, name, "", Map.of(), Map.of()));
    }

    private Answer<CertificateIs> findCertificate(String prefix) {
        return found(
                certificates.values().stream().filter(c -> c.fingerprint().startsWith(prefix)).findFirst().orElse(null),
                CertificateIs::new,
                "Certificate");
    }

    private Answer<CertificateIsAdded> add(AddCertificate question) {
        String fingerprint = sha256(question.der());
        if (certificates.containsKey(fingerprint)) {
            return Answer.no(Refused.conflict("Certificate already in trust store"));
        }
        certificates.put(fingerprint, new Certificate(
                fingerprint, question.name(), question.type(), question.restricted(), question.projects(), "PEM",
                question.description()));
        return Answer.yes(new CertificateIsAdded(fingerprint));
    }

    private Answer<Done> edit(EditCertificate question) {
        lastEdit = question;
        return Answer.done();
    }

    private Answer<TokenIsGranted> grant(GrantToken question) {
        lastGrant = question;
        String secret = String.format("%064x", tokens.size() + 1);
        Map<String, Object> metadata = new LinkedHashMap<>(question.metadata());
        metadata.put("secret", secret);
        Operation operation = operations.running(Kind.TOKEN, question.project(), null, metadata);
        tokens.put(secret, operation);
        return Answer.yes(new TokenIsGranted(secret, operation));
    }

    private Answer<TokenIsRedeemed> redeem(RedeemToken question) {
        Operation token = tokens.remove(question.secret());
        if (token == null) {
            return Answer.no(Refused.forbidden("No matching certificate add operation found"));
        }
        operations.end(new Finish(token.id(), Status.CANCELLED, token.metadata(), "", null));
        return Answer.yes(new TokenIsRedeemed(token.metadata(), Instant.now()));
    }

    private Answer<Done> put(PutProject question) {
        lastPut = question;
        if (question.create() && projects.containsKey(question.project().name())) {
            return Answer.no(Refused.conflict("Project already exists"));
        }
        projects.put(question.project().name(), question.project());
        return Answer.done();
    }

    private Project rename(String name, String newName) {
        projects.remove(name);
        return project(newName);
    }

    private Profiles profilesOf(String project) {
        return new Profiles(profiles.values().stream().filter(p -> p.project().equals(project)).toList());
    }

    private static ProjectIs is(Project project) {
        boolean own = "true".equals(project.config().get("features.images"));
        return new ProjectIs(project, own ? project.name() : "default");
    }

    private static Answer<Done> done(Object ignored) {
        return Answer.done();
    }

    private static <T, R> Answer<R> found(T thing, java.util.function.Function<T, R> shape, String what) {
        return thing == null ? Answer.no(Refused.notFound(what + " not found")) : Answer.yes(shape.apply(thing));
    }

    private static <T> Future<T> now(T answer) {
        return Future.succeededFuture(answer);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
