package dev.berth.serve.lxd.images;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Found;
import dev.berth.contract.Done;
import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.Upstreams;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.ProjectIs;
import dev.berth.contract.TrustContract.Projects;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.image.UpdateSource;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.Streams;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.TestCertificate;
import dev.berth.serve.edge.AccessConf;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.LoopbackEdge;
import dev.berth.serve.edge.ServeConf;
import dev.berth.serve.edge.ServerIdentity;
import dev.berth.serve.pump.Pumps;
import dev.berth.serve.lxd.FakeFeatures;
import dev.berth.serve.lxd.FakeOperations;
import dev.berth.serve.lxd.LxdFace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The image half of the face on real loopback HTTP; every other feature is a lambda. */
final class ImageWorld implements AutoCloseable {
    static final String FINGERPRINT = "0123456789abcdef".repeat(4);
    static final String PRIVATE = "f00d".repeat(16);
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final FakeFeatures features;
    final FakeOperations operations;
    final FakeIntake intake;
    final Bus bus;
    final TestCertificate certificate = TestCertificate.named("berth");
    final Vertx vertx = Vertx.vertx();
    final List<Image> images = new ArrayList<>(List.of(
            image("default", FINGERPRINT, true), image("default", PRIVATE, false), image("p1", PRIVATE, true)));
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

    ImageWorld() {
        this(AccessConf.OPEN);
    }

    ImageWorld(AccessConf access) {
        Bus.prepare(vertx);
        bus = new Bus(vertx);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Streams streams = new Streams(vertx, StreamLimits.DEFAULT, new StreamMeters(registry));
        features = new FakeFeatures(bus);
        operations = new FakeOperations(features);
        intake = new FakeIntake(features, streams);
        answerForTrust();
        answerForCatalog();
        features.on(MirrorContract.UPSTREAMS, asked -> new Upstreams(List.of()));
        ServeConf conf = ServeConf.in(Path.of("target")).withAccess(access);
        Clock clock = Clock.systemUTC();
        EdgeTools tools = new EdgeTools(vertx, bus, streams, new Pumps(vertx, bus, registry), identity(), conf, registry, clock);
        port = await(LoopbackEdge.open(tools, new LxdFace(List.of(new LxdImages(clock))))).actualPort();
    }

    private ServerIdentity identity() {
        return new ServerIdentity(
                certificate.pem(), certificate.fingerprint(), certificate.certificate(), certificate.key(), "berth-test");
    }

    private void answerForTrust() {
        features.on(TrustContract.FIND_PROJECT, asked -> project(asked.name()));
        features.on(TrustContract.LIST_PROJECTS, asked -> new Projects(List.of(
                new Project("default", "", Map.of()),
                new Project("p1", "", Map.of("features.images", "true")),
                new Project("shared", "", Map.of("features.images", "false")))));
        features.on(TrustContract.FIND_PROFILE, asked -> List.of("default", "a", "b").contains(asked.name())
                ? Answer.yes(new TrustContract.ProfileIs(null))
                : Answer.no(Refused.notFound("Profile not found")));
        features.on(TrustContract.REDEEM_TOKEN, asked -> Answer.no(Refused.forbidden("not authorized")));
    }

    private static Answer<ProjectIs> project(String name) {
        Project project = new Project(name, "", Map.of());
        return switch (name) {
            case "p1" -> Answer.yes(new ProjectIs(project, "p1"));
            case "shared" -> Answer.yes(new ProjectIs(project, "default"));
            default -> Answer.no(Refused.notFound("Project not found"));
        };
    }

    private void answerForCatalog() {
        features.on(CatalogContract.FIND_IMAGE, asked -> find(asked.project(), asked.name(), asked.visibleOnly()));
        features.on(CatalogContract.TOUCH_IMAGE, asked -> Done.DONE);
        features.on(CatalogContract.LIST_IMAGES, asked -> Answer.yes(new CatalogContract.Images(
                "{\"metadata\":[]}\n".getBytes(StandardCharsets.UTF_8), false, "\"list\"", 0)));
    }

    private Answer<Found> find(String project, String name, boolean visibleOnly) {
        return images.stream()
                .filter(image -> image.project().equals(project) && (image.visible() || !visibleOnly))
                .filter(image -> Fingerprint.isPrefix(name) && image.fingerprint().hex().startsWith(name))
                .findFirst()
                .<Answer<Found>>map(image -> Answer.yes(new Found(image, json(image), "\"tag\"")))
                .orElse(Answer.no(Refused.notFound("Image not found")));
    }

    private static byte[] json(Image image) {
        return LxdJson.bytes(Map.of("fingerprint", image.fingerprint().hex()));
    }

    static Image image(String project, String fingerprint, boolean visible) {
        ImageFile file = new ImageFile(ImageFile.Role.UNIFIED, new BlobId(fingerprint), 100, ".tar.gz");
        return image(project, fingerprint, visible, List.of(file), null);
    }

    static Image image(
            String project, String fingerprint, boolean visible, List<ImageFile> files, UpdateSource source) {
        return new Image(
                project, new Fingerprint(fingerprint), ImageType.CONTAINER, Architecture.X86_64, visible, false, false,
                "", Map.of(), List.of(), List.of("default"), files, NOON, NOON, Image.NEVER_USED, Image.NEVER_EXPIRES,
                source);
    }

    static Image withProfiles(Image image, List<String> profiles) {
        return new Image(
                image.project(), image.fingerprint(), image.type(), image.architecture(), image.visible(), image.autoUpdate(),
                image.cached(), image.filename(), image.properties(), image.aliases(), profiles, image.files(),
                image.createdAt(), image.uploadedAt(), image.lastUsedAt(), image.expiresAt(), image.source());
    }

    /** An HTTP answer, body and all. */
    record Reply(int status, byte[] body, java.net.http.HttpHeaders headers) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return LxdJson.read(body);
        }

        String error() {
            return json().path("error").asText();
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String operation() {
            return json().path("metadata").path("id").asText();
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Reply send(String method, String path, String json, String... headers) {
        return send(method, path, BodyPublishers.ofString(json), headers);
    }

    Reply send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, body).timeout(PATIENCE);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    int port() {
        return port;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
