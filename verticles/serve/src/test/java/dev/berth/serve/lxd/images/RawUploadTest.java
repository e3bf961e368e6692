package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.AlreadyHere;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Refused;
import dev.berth.contract.StreamLabels;
import dev.berth.image.Fingerprint;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import dev.berth.testkit.ImageFixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawUploadTest {
    private final ImageWorld world = new ImageWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("rest-api 92")
    void a_raw_body_becomes_an_image_and_the_operation_names_fingerprint_and_size() {
        byte[] body = random(20 << 20);

        Reply reply = upload(body, "Content-Type", "application/octet-stream", "X-LXD-filename", "a.tar.gz");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Location")).isEqualTo("/1.0/operations/" + reply.operation());
        assertThat(reply.json().path("metadata").path("description").asText()).isEqualTo("Downloading image");
        Finish end = world.operations.end(reply.operation());
        assertThat(end.status()).isEqualTo(Status.SUCCESS);
        assertThat(end.metadata())
                .containsEntry("fingerprint", ImageFixtures.fingerprint(body))
                .containsEntry("size", Integer.toString(body.length));
        assertThat(world.intake.received().get(0).files().get(0)).isEqualTo(body);
        assertThat(world.intake.received().get(0).labels().get(0)).containsEntry(StreamLabels.FILENAME, "a.tar.gz");
    }

    @Test
    void intake_is_told_how_long_a_body_is_so_that_space_is_reserved_for_all_of_it() {
        world.send("POST", "/1.0/images", BodyPublishers.ofByteArray(random(1000)));
        upload(random(2000));

        assertThat(world.intake.received())
                .extracting(received -> received.request().length())
                .as("with a Content-Length, and chunked")
                .containsExactly(1000L, -1L);
    }

    @ParameterizedTest
    @DisplayName("rest-api 93")
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", ""})
    void any_content_type_that_says_nothing_is_a_raw_upload(String type) {
        byte[] body = random(1000);

        Reply reply = type.isEmpty() ? upload(body) : upload(body, "Content-Type", type);

        assertThat(world.operations.end(reply.operation()).status()).isEqualTo(Status.SUCCESS);
        assertThat(world.intake.received().get(0).files().get(0)).isEqualTo(body);
    }

    @Test
    @DisplayName("rest-api 100, formats 15")
    void an_empty_body_gets_an_operation_that_fails() {
        world.intake.say(received -> Answer.no(Refused.invalid("EOF")));

        Reply reply = world.send("POST", "/1.0/images", BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(202);
        assertThat(world.operations.end(reply.operation()).error()).isEqualTo("EOF");
    }

    @Test
    @DisplayName("rest-api 101-104: what intake refuses is the operation's error")
    void the_words_of_intake_are_the_error_of_the_operation() {
        world.intake.say(received -> Answer.no(Refused.invalid("Unsupported compression")));

        Finish end = world.operations.end(upload(random(5)).operation());

        assertThat(end.status()).isEqualTo(Status.FAILURE);
        assertThat(end.error()).isEqualTo("Unsupported compression");
    }

    @Test
    @DisplayName("rest-api 113, formats 41")
    void the_same_image_again_fails_but_names_the_fingerprint() {
        world.intake.say(received -> Answer.yes(new AlreadyHere(new Fingerprint(ImageWorld.FINGERPRINT), 12)));

        Finish end = world.operations.end(upload(random(12)).operation());

        assertThat(end.status()).isEqualTo(Status.FAILURE);
        assertThat(end.error()).isEqualTo("Image with same fingerprint already exists");
        assertThat(end.metadata()).containsEntry("fingerprint", ImageWorld.FINGERPRINT).containsEntry("size", "12");
    }

    @Test
    @DisplayName("rest-api 3.1: no path")
    void the_folders_of_a_filename_are_left_out() {
        upload(random(10), "X-LXD-filename", "../../etc/a.tar.gz");

        assertThat(world.features.lastAsked(IntakeContract.ARRIVE).claims().filename()).isEqualTo("a.tar.gz");
    }

    @Test
    @DisplayName("rest-api 106-112")
    void headers_become_claims() {
        upload(
                random(10), "X-LXD-public", "yes", "X-LXD-properties", "os=x&d=a+b", "X-LXD-properties", "e=f",
                "X-LXD-profiles", "profile=a&profile=b", "X-Incus-aliases", "alias=u1", "X-LXD-fingerprint",
                ImageWorld.FINGERPRINT);

        IntakeContract.Claims claims = world.features.lastAsked(IntakeContract.ARRIVE).claims();
        assertThat(claims.visible()).isTrue();
        assertThat(claims.properties()).containsEntry("os", "x").containsEntry("d", "a b").containsEntry("e", "f");
        assertThat(claims.profiles()).containsExactly("a", "b");
        assertThat(claims.aliases()).extracting("name").containsExactly("u1");
        assertThat(claims.expected()).isEqualTo(new Fingerprint(ImageWorld.FINGERPRINT));
        assertThat(claims.incus()).isTrue();
        assertThat(claims.requestor().protocol()).isEqualTo("tls");
    }

    @Test
    @DisplayName("rest-api 109")
    void an_unknown_profile_fails_the_operation_before_any_byte_is_stored() {
        Finish end = world.operations.end(upload(random(10), "X-LXD-profiles", "profile=a&profile=x").operation());

        assertThat(end.error()).isEqualTo("Profile 'x' doesn't exist");
        assertThat(world.features.asked(IntakeContract.ARRIVE)).isEmpty();
    }

    @Test
    @DisplayName("rest-api 114, 147")
    void the_query_says_which_project_owns_the_image() {
        Reply reply = world.send("POST", "/1.0/images?project=p1", BodyPublishers.ofByteArray(random(9)));

        assertThat(reply.header("Location")).endsWith("?project=p1");
        assertThat(world.features.lastAsked(IntakeContract.ARRIVE).project()).isEqualTo("p1");
    }

    @Test
    @DisplayName("rest-api 68: a project without images of its own uses those of default")
    void a_sharing_project_uploads_into_default() {
        world.send("POST", "/1.0/images?project=shared", BodyPublishers.ofByteArray(random(9)), "X-LXD-public", "1");

        Arrive arrive = world.features.lastAsked(IntakeContract.ARRIVE);
        assertThat(arrive.project()).isEqualTo("default");
    }

    @Test
    @DisplayName("rest-api 116")
    void an_unknown_project_is_refused_at_once() {
        Reply reply = world.send("POST", "/1.0/images?project=no", BodyPublishers.ofByteArray(random(9)));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error()).isEqualTo("Project not found");
    }

    @Test
    @DisplayName("rest-api 117")
    void a_public_upload_outside_default_is_refused_at_once() {
        Reply reply =
                world.send("POST", "/1.0/images?project=p1", BodyPublishers.ofByteArray(random(9)), "X-LXD-public", "1");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("Images can only be marked public in the default project");
    }

    @Test
    void a_fingerprint_header_that_is_none_is_refused_at_once() {
        assertThat(upload(random(9), "X-LXD-fingerprint", "../../x").status()).isEqualTo(400);
        assertThat(world.features.asked(IntakeContract.ARRIVE)).isEmpty();
    }

    @Test
    @DisplayName("rest-api 50")
    void a_stranger_without_a_token_is_refused() {
        Reply reply = upload(random(100_000), "Test-Caller", "stranger");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("not authorized");
    }

    @Test
    @DisplayName("rest-api 0.9")
    void a_full_disk_is_told_while_the_body_still_comes_in() {
        world.intake.refuseAfter(1 << 20);

        Reply reply = world.send(
                "POST", "/1.0/images", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(random(24 << 20))));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(world.operations.end(reply.operation()).error()).isEqualTo("no room: 5 bytes wanted, 3 free");
    }

    @Test
    @DisplayName("rest-api 115")
    void a_client_that_dies_breaks_its_stream_and_leaves_no_operation() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", world.port())) {
            socket.getOutputStream().write(("POST /1.0/images HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            awaitTrue(() -> !world.features.asked(IntakeContract.ARRIVE).isEmpty());
        }

        awaitTrue(() -> !world.intake.broken().isEmpty());
        assertThat(world.intake.received()).isEmpty();
        assertThat(world.operations.count()).isZero();
    }

    @Test
    @DisplayName("rest-api 156")
    void an_alias_made_by_a_header_may_be_posted_once_more() {
        byte[] body = random(33);
        world.features.on(CatalogContract.CREATE_ALIAS, asked -> Answer.done());
        world.operations.end(upload(body, "X-Incus-aliases", "x").operation());
        String alias = "{\"name\":\"x\",\"target\":\"" + ImageFixtures.fingerprint(body) + "\"}";

        world.send("POST", "/1.0/images/aliases", alias);
        world.send("POST", "/1.0/images/aliases", alias);

        assertThat(world.features.asked(CatalogContract.CREATE_ALIAS))
                .extracting(CatalogContract.CreateAlias::tolerateTwin)
                .containsExactly(true, false);
    }

    @Test
    void an_intake_that_breaks_is_told_without_details() {
        world.features.onLater(
                IntakeContract.ARRIVE, asked -> io.vertx.core.Future.failedFuture("/secret/path is broken"));

        Finish end = world.operations.end(upload(random(10)).operation());

        assertThat(end.error()).isNotEmpty().doesNotContain("secret");
    }

    @Test
    void the_operation_is_started_for_the_caller() {
        upload(random(10));

        assertThat(world.features.lastAsked(OperationsContract.START).requestor().username())
                .isEqualTo("cd".repeat(32));
    }

    private Reply upload(byte[] body, String... headers) {
        return world.send(
                "POST", "/1.0/images", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), headers);
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        if (size > 0) {
            bytes[0] = 0x1f;
        }
        return bytes;
    }

    static void awaitTrue(java.util.function.BooleanSupplier fact) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!fact.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
