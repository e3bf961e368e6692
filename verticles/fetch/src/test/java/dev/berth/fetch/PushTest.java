package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.Done;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Progress;
import dev.berth.contract.FetchContract.Push;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.contract.StoreContract.Opened;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.upstream.Asked;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes out to another LXD server, and how its answers are taken (rest-api 3.6). */
class PushTest {
    private static final byte[] META = bytes(3_000);
    private static final byte[] ROOT = bytes(700_000);
    private static final String WAIT = "/1.0/operations/op-1/wait";

    @TempDir Path folder;
    private FetchWorld world;
    private final List<Buffer> received = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        world = new FetchWorld(folder).deployed();
        Expect.soon(world.bus.answer(StoreContract.OPEN, asked -> Future.succeededFuture(blob(asked.blob()))));
        answer(202, operation("Running", 103, "", "s3cret"));
        world.upstream.serve(WAIT, operation("Success", 200, "", "s3cret"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    @DisplayName("rest-api 149, 150: the token opens the door, the operation's own secret waits for its end")
    void a_unified_image_goes_out_byte_for_byte() throws Exception {
        Answer<Done> answer = push(image(ROOT));

        assertThat(answer).isEqualTo(Answer.done());
        assertThat(received.get(0).getBytes()).isEqualTo(ROOT);
        Asked upload = world.upstream.asked().get(0);
        assertThat(upload.method() + " " + upload.path() + "?" + upload.query()).isEqualTo("POST /1.0/images?project=p");
        assertThat(upload.headers())
                .containsEntry("Content-Length", "700000")
                .containsEntry("X-LXD-fingerprint", ImageFixtures.fingerprint(ROOT))
                .containsEntry("X-Incus-fingerprint", ImageFixtures.fingerprint(ROOT))
                .containsEntry("X-LXD-secret", "token")
                .containsEntry("X-Incus-secret", "token")
                .containsEntry("X-LXD-filename", "debian.tar.xz")
                .containsEntry("X-LXD-profiles", "profile=a+b&profile=c");
        assertThat(world.upstream.asked().get(1).query()).contains("secret=s3cret", "project=p");
    }

    @Test
    void a_push_tells_how_far_it_is() throws Exception {
        Promise<Progress> whole = Promise.promise();
        Expect.soon(world.bus.hear(FetchContract.PROGRESS, progress -> {
            if (progress.bytes() >= progress.total()) {
                whole.tryComplete(progress);
            }
        }));

        push(image(ROOT));

        Progress last = Expect.soon(whole.future());
        assertThat(last.ticket()).isEqualTo("t");
        assertThat(last.bytes()).isEqualTo(last.total()).isEqualTo(ROOT.length);
    }

    @Test
    void a_split_image_goes_out_as_a_form_with_metadata_first() throws Exception {
        push(image(META, ROOT));

        String body = received.get(0).toString(StandardCharsets.ISO_8859_1);
        assertThat(body.indexOf("name=\"metadata\""))
                .isPositive()
                .isLessThan(body.indexOf("name=\"rootfs\""));
        assertThat(body)
                .contains(new String(META, StandardCharsets.ISO_8859_1))
                .contains(new String(ROOT, StandardCharsets.ISO_8859_1));
        assertThat(world.upstream.asked().get(0).headers().get("Content-Length")).isEqualTo(String.valueOf(body.length()));
    }

    @Test
    void an_operation_that_takes_its_time_is_asked_again() throws Exception {
        byte[] running = operation("Running", 103, "", "s3cret");
        world.upstream.misbehave(WAIT, 2, exchange -> exchange.with(running).send());

        assertThat(push(image(ROOT))).isEqualTo(Answer.done());
        assertThat(world.upstream.requests(WAIT)).isEqualTo(3);
    }

    @Test
    void a_target_that_does_not_keep_it_says_why() throws Exception {
        world.upstream.serve(WAIT, operation("Failure", 400, "Image with same fingerprint already exists", "s3cret"));

        Refused refused = Expect.no(push(image(ROOT)));

        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused.text()).contains("Image with same fingerprint already exists", world.upstream.url());
    }

    @Test
    @DisplayName("rest-api 152: a token that is used up")
    void a_target_that_refuses_the_token_is_quoted() throws Exception {
        answer(403, "{\"type\":\"error\",\"error\":\"not authorized\",\"error_code\":403}".getBytes(StandardCharsets.UTF_8));

        assertThat(Expect.no(push(image(ROOT))).text()).contains("not authorized");
    }

    @Test
    void something_else_than_an_lxd_server_is_told_apart() throws Exception {
        answer(200, "<html>hello</html>".getBytes(StandardCharsets.UTF_8));

        assertThat(Expect.no(push(image(ROOT))).text()).contains("expected an answer of an LXD server", "<html>hello");
    }

    @Test
    void an_image_does_not_follow_a_redirect_to_another_server() throws Exception {
        world.upstream.misbehave("/1.0/images", exchange -> exchange.request().body().onSuccess(body -> exchange.response()
                .setStatusCode(307)
                .putHeader("Location", "https://elsewhere.example/1.0/images")
                .end()));

        assertThat(Expect.no(push(image(ROOT))).text()).contains("to no other");
    }

    @Test
    void bytes_that_are_not_here_cannot_be_pushed() throws Exception {
        Image image = image(ROOT);
        Files.delete(folder.resolve(image.files().get(0).blob().hex()));

        assertThat(Expect.no(push(image)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(world.upstream.asked()).isEmpty();
    }

    @Test
    void a_target_that_takes_no_bytes_is_given_up() throws Exception {
        world.upstream.misbehave("/1.0/images", exchange -> exchange.request().pause());

        assertThat(Expect.no(push(image(bytes(16 << 20)))).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    private Answer<Done> push(Image image) {
        Source target = new Source(world.upstream.url(), "lxd", "", "token", "p");
        return Expect.soon(world.bus.ask(FetchContract.PUSH, new Push("t", target, image, List.of("a b", "c"))));
    }

    private void answer(int status, byte[] body) {
        world.upstream.misbehave("/1.0/images", exchange -> exchange.request().body().onSuccess(bytes -> {
            received.add(bytes);
            exchange.response().setStatusCode(status).end(Buffer.buffer(body));
        }));
    }

    private static byte[] operation(String status, int code, String error, String secret) {
        return ("{\"type\":\"async\",\"error\":\"\",\"metadata\":{\"id\":\"op-1\",\"status\":\"" + status + "\",\"status_code\":"
                        + code + ",\"err\":\"" + error + "\",\"metadata\":{\"secret\":\"" + secret + "\"}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Opened blob(BlobId blob) {
        Path path = folder.resolve(blob.hex());
        return Files.exists(path) ? new Local(path.toString(), 0) : new Missing(blob);
    }

    private Image image(byte[]... contents) throws IOException {
        List<ImageFile.Role> roles = contents.length == 1
                ? List.of(ImageFile.Role.UNIFIED)
                : List.of(ImageFile.Role.METADATA, ImageFile.Role.ROOTFS);
        List<ImageFile> files = new ArrayList<>();
        for (int i = 0; i < contents.length; i++) {
            BlobId blob = new BlobId(ImageFixtures.fingerprint(contents[i]));
            Files.write(folder.resolve(blob.hex()), contents[i]);
            files.add(new ImageFile(roles.get(i), blob, contents[i].length, ".tar.xz"));
        }
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        return new Image(
                "default", new Fingerprint(ImageFixtures.fingerprint(contents)), ImageType.CONTAINER, Architecture.X86_64,
                false, false, false, "debian.tar.xz", Map.of(), List.of(), List.of(), files, now, now, now,
                Image.NEVER_EXPIRES, null);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
