package dev.berth.serve.berth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Obtain;
import dev.berth.contract.IntakeContract.Obtained;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.ProjectIs;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.kit.openpgp.SigningKey;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.lxd.FakeFeatures;
import dev.berth.serve.lxd.FaceServer;
import dev.berth.serve.lxd.Heard;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolveRoutesTest {
    private static final String PATH = "/berth/v1/resolve";
    private static final Fingerprint FINGERPRINT = new Fingerprint("ab".repeat(32));

    private final FaceServer server = FaceServer.with(new BerthFace(() -> SigningKey.make("Berth", Clock.systemUTC())));
    private final FakeFeatures features = new FakeFeatures(server.bus());

    @BeforeEach
    void answer() {
        features.on(IntakeContract.OBTAIN, asked -> Answer.yes(new Obtained(image(asked.project()), "fetched")));
        features.on(TrustContract.FIND_PROJECT, asked -> asked.name().equals("shared")
                ? Answer.yes(new ProjectIs(new Project("shared", "", Map.of()), "default"))
                : Answer.no(Refused.notFound("Project not found")));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_name_becomes_an_image() {
        Heard heard = server.admin().post(PATH, Map.of(
                "source", Map.of("server", "https://h", "protocol", "simplestreams"),
                "alias", "debian/13", "type", "virtual-machine", "architecture", "amd64"));

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.json().at("/metadata/fingerprint").asText()).isEqualTo(FINGERPRINT.hex());
        assertThat(heard.json().at("/metadata/how").asText()).isEqualTo("fetched");
        Obtain asked = features.lastAsked(IntakeContract.OBTAIN);
        assertThat(asked.source()).isEqualTo(new Source("https://h", "simplestreams", "", "", "", true));
        assertThat(asked.name()).isEqualTo("debian/13");
        assertThat(asked.type()).isEqualTo(ImageType.VIRTUAL_MACHINE);
        assertThat(asked.architecture()).isEqualTo(Architecture.X86_64);
        assertThat(asked.project()).isEqualTo("default");
    }

    @Test
    void a_remote_is_a_source_with_nothing_but_a_server() {
        server.admin().post(PATH, Map.of("remote", "https://h", "fingerprint", "ab12", "project", "shared"));

        Obtain asked = features.lastAsked(IntakeContract.OBTAIN);
        assertThat(asked.source()).isEqualTo(new Source("https://h", "", "", "", "", true));
        assertThat(asked.name()).isEqualTo("ab12");
        assertThat(asked.project()).as("where the images of the project live").isEqualTo("default");
    }

    @Test
    void a_refusal_has_its_status_and_its_text() {
        features.on(
                IntakeContract.OBTAIN,
                asked -> Answer.no(Refused.notFound("Failed getting remote image info: Image not found")));

        Heard heard = server.admin().post(PATH, Map.of("remote", "https://h", "alias", "nope"));

        assertThat(heard.status()).isEqualTo(404);
        assertThat(heard.json().get("error").asText()).contains("Image not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[]", "\"x\"", "{}", "{\"remote\":\"https://h\"}", "{\"alias\":\"x\"}", "{\"remote\":1,\"alias\":\"x\"}",
        "{\"remote\":\"https://h\",\"alias\":\"x\",\"architecture\":\"z80\"}",
        "{\"remote\":\"https://h\",\"alias\":\"x\",\"type\":\"zone\"}"
    })
    void a_body_that_makes_no_sense_is_refused_before_anybody_is_asked(String body) {
        assertThat(server.admin().post(PATH, LxdJson.read(body.getBytes(StandardCharsets.UTF_8))).status())
                .isEqualTo(400);
        assertThat(features.asked(IntakeContract.OBTAIN)).isEmpty();
    }

    @Test
    void only_administrators_may_ask() {
        Map<String, String> body = Map.of("remote", "https://h", "alias", "x");

        assertThat(server.stranger().post(PATH, body).status()).isEqualTo(403);
        assertThat(server.restrictedTo("default").post(PATH, body).status()).isEqualTo(403);
    }

    private static Image image(String project) {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        ImageFile file = new ImageFile(ImageFile.Role.UNIFIED, new BlobId(FINGERPRINT.hex()), 100, ".tar.gz");
        return new Image(
                project, FINGERPRINT, ImageType.CONTAINER, Architecture.X86_64, false, true, true, "", Map.of(), List.of(),
                List.of(), List.of(file), now, now, now, Image.NEVER_EXPIRES, null);
    }
}
