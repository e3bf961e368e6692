package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.Done;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.AlreadyHere;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrived;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.IntakeContract.Leave;
import dev.berth.contract.IntakeContract.Share;
import dev.berth.contract.IntakeContract.Watched;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.CancelRequested;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Progress;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.ProfileIs;
import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.edge.LoopbackEdge;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** JSON requests for images of other servers, with intake played by a line (rest-api 3.5). */
class CopyingTest {
    private static final String FINGERPRINT = "77".repeat(32);
    private final ImageWorld world = new ImageWorld();

    @BeforeEach
    void answerForIntake() {
        world.features.on(IntakeContract.BRING, asked -> here());
        world.features.on(
                CatalogContract.FIND_ALIAS, asked -> Answer.no(Refused.notFound("Image alias not found")));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("rest-api 3.5: what lxc image copy sends becomes one question to intake")
    void everything_asked_for_reaches_intake() {
        Finish end = end(post("", """
                {"auto_update":true,"public":true,"filename":"f.tar.xz","properties":{"os":"Mine"},
                 "profiles":["a"],"aliases":[{"name":"web","description":"the web"}],
                 "source":{"type":"image","mode":"pull","server":"https://h:8443","protocol":"simplestreams",
                 "certificate":"","fingerprint":"debian/13","alias":"","secret":"s","project":"theirs",
                 "image_type":"virtual-machine","copy_aliases":true}}"""));

        Bring bring = world.features.lastAsked(IntakeContract.BRING);
        assertThat(bring.source()).isEqualTo(new Source("https://h:8443", "simplestreams", "", "s", "theirs", true));
        assertThat(bring.name()).isEqualTo("debian/13");
        assertThat(bring.type()).isEqualTo(ImageType.VIRTUAL_MACHINE);
        assertThat(bring.project()).isEqualTo("default");
        assertThat(bring.copyAliases()).isTrue();
        assertThat(bring.watcher()).isEqualTo(end.id());
        assertThat(bring.claims().visible()).isTrue();
        assertThat(bring.claims().autoUpdate()).isTrue();
        assertThat(bring.claims().cached()).isFalse();
        assertThat(bring.claims().filename()).isEqualTo("f.tar.xz");
        assertThat(bring.claims().properties()).isEqualTo(Map.of("os", "Mine"));
        assertThat(bring.claims().profiles()).containsExactly("a");
        assertThat(bring.claims().aliases()).containsExactly(new Alias("web", "the web"));
    }

    @Test
    void only_who_may_do_everything_here_speaks_for_us_elsewhere() {
        String body = "{\"source\":{\"type\":\"image\",\"server\":\"https://h\",\"fingerprint\":\"debian/13\"}}";

        end(post("", body));
        assertThat(world.features.lastAsked(IntakeContract.BRING).source().ourselves()).isTrue();
        end(post("?project=p1", body, "restricted"));
        assertThat(world.features.lastAsked(IntakeContract.BRING).source().ourselves()).isFalse();
    }

    @Test
    @DisplayName("rest-api 3.5 item 7: the size is a text")
    void success_tells_fingerprint_and_size() {
        Finish end = end(copy("", "\"fingerprint\":\"debian/13\""));

        assertThat(end.status()).isEqualTo(Status.SUCCESS);
        assertThat(end.metadata()).isEqualTo(Map.of("fingerprint", FINGERPRINT, "size", "100"));
        assertThat(end.resources()).isEqualTo(Map.of("images", List.of("/1.0/images/" + FINGERPRINT)));
    }

    @Test
    @DisplayName("rest-api 129, 147: the alias counts when there is no fingerprint; the image lands in the named project")
    void an_alias_alone_is_enough_and_the_project_is_the_target() {
        end(copy("?project=p1", "\"alias\":\"debian/13\""));

        assertThat(world.features.lastAsked(IntakeContract.BRING).name()).isEqualTo("debian/13");
        assertThat(world.features.lastAsked(IntakeContract.BRING).project()).isEqualTo("p1");
    }

    @Test
    @DisplayName("rest-api 135, 141: what intake refuses is what the operation says")
    void a_refusal_is_the_operations_error() {
        world.features.on(
                IntakeContract.BRING, asked -> Answer.no(Refused.conflict("Alias already exists: web")));

        Finish end = end(copy("", "\"fingerprint\":\"debian/13\""));

        assertThat(end.status()).isEqualTo(Status.FAILURE);
        assertThat(end.error()).isEqualTo("Alias already exists: web");
    }

    @Test
    @DisplayName("rest-api 140")
    void a_profile_that_does_not_exist_stops_it_before_the_network() {
        Finish end = end(post(
                "", "{\"profiles\":[\"a\",\"nope\"],\"source\":{\"type\":\"image\",\"server\":\"https://h\",\"alias\":\"x\"}}"));

        assertThat(end.error()).isEqualTo("Profile 'nope' doesn't exist");
        assertThat(world.features.asked(IntakeContract.BRING)).isEmpty();
    }

    @Test
    @DisplayName("rest-api 125: an import from a web address")
    void a_direct_import_is_a_source_of_its_own() {
        end(post("", "{\"source\":{\"type\":\"url\",\"mode\":\"pull\",\"url\":\"https://h/i\"}}"));

        Bring bring = world.features.lastAsked(IntakeContract.BRING);
        assertThat(bring.source()).isEqualTo(new Source("https://h/i", "direct", "", "", ""));
    }

    @Test
    @DisplayName("rest-api 3.5: Go clients send every key with its zero value")
    void zero_values_are_as_good_as_nothing() {
        end(post("", """
                {"auto_update":false,"properties":null,"public":false,"expires_at":"0001-01-01T00:00:00Z",
                 "profiles":null,"filename":"","aliases":null,"compression_algorithm":"",
                 "source":{"type":"image","mode":"","server":"https://h","protocol":"incus","fingerprint":"x",
                 "image_type":"","secret":"","project":"","certificate":""}}"""));

        Bring bring = world.features.lastAsked(IntakeContract.BRING);
        assertThat(bring.type()).isNull();
        assertThat(bring.claims().profiles()).isNull();
        assertThat(bring.claims().properties()).isEmpty();
    }

    @Test
    @DisplayName("rest-api 142, 4.4: progress of this operation, and of no other, is shown")
    void progress_is_shown_while_it_runs() throws Exception {
        Promise<Answer<Arrival>> arriving = Promise.promise();
        world.features.onLater(IntakeContract.BRING, asked -> arriving.future());
        Reply reply = copy("", "\"fingerprint\":\"debian/13\"");
        CompletableFuture<Progress> shown = new CompletableFuture<>();
        world.features.on(OperationsContract.PROGRESS, asked -> {
            shown.complete(asked);
            return Done.DONE;
        });

        world.bus.announce(IntakeContract.WATCHED, new Watched("another", "1% (1B/s)"));
        world.bus.announce(IntakeContract.WATCHED, new Watched(reply.operation(), "15% (96.57MB/s)"));

        assertThat(shown.get(20, TimeUnit.SECONDS))
                .isEqualTo(new Progress(reply.operation(), Map.of("download_progress", "15% (96.57MB/s)")));
        arriving.complete(here());
        end(reply);
    }

    @Test
    @DisplayName("rest-api 4.3: downloads can be cancelled")
    void a_cancelled_operation_leaves() throws Exception {
        Promise<Answer<Arrival>> arriving = Promise.promise();
        CompletableFuture<String> leaver = new CompletableFuture<>();
        world.features.onLater(IntakeContract.BRING, asked -> arriving.future());
        ImageWorld.await(world.bus.hear(IntakeContract.LEAVE, (Leave news) -> leaver.complete(news.watcher())));
        Reply reply = copy("", "\"fingerprint\":\"debian/13\"");
        assertThat(reply.json().at("/metadata/may_cancel").asBoolean()).isTrue();

        world.bus.announce(OperationsContract.CANCEL_REQUESTED, new CancelRequested(reply.operation()));

        assertThat(leaver.get(20, TimeUnit.SECONDS)).isEqualTo(reply.operation());
        arriving.complete(Answer.no(new Refused(Refused.Reason.UNAVAILABLE, "Operation cancelled")));
        assertThat(end(reply).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    @DisplayName("rest-api 4.3: a cancel before there is anything to cancel is not lost")
    void an_operation_cancelled_in_its_first_moment_leaves_as_soon_as_it_can() throws Exception {
        Promise<Answer<ProfileIs>> looking = Promise.promise();
        Promise<Answer<Arrival>> arriving = Promise.promise();
        CompletableFuture<String> leaver = new CompletableFuture<>();
        world.features.onLater(TrustContract.FIND_PROFILE, asked -> looking.future());
        world.features.onLater(IntakeContract.BRING, asked -> arriving.future());
        ImageWorld.await(world.bus.hear(IntakeContract.LEAVE, (Leave news) -> leaver.complete(news.watcher())));
        Reply reply = post("", "{\"profiles\":[\"a\"],\"source\":{\"type\":\"image\",\"server\":\"https://h\",\"alias\":\"x\"}}");

        world.bus.announce(OperationsContract.CANCEL_REQUESTED, new CancelRequested(reply.operation()));
        looking.complete(Answer.yes(new ProfileIs(null)));

        assertThat(leaver.get(20, TimeUnit.SECONDS)).isEqualTo(reply.operation());
        arriving.complete(Answer.no(new Refused(Refused.Reason.UNAVAILABLE, "Operation cancelled")));
        assertThat(end(reply).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    @DisplayName("rest-api 146, 6.4: this server is recognised by its own certificate, and needs no network")
    void a_copy_between_projects_shares() {
        world.features.on(IntakeContract.SHARE, asked -> Answer.yes(new Arrived(asked.image())));

        Finish end = end(ownCopy("?project=p1", ImageWorld.FINGERPRINT, "default"));

        Share share = world.features.lastAsked(IntakeContract.SHARE);
        assertThat(share.image().fingerprint().hex()).isEqualTo(ImageWorld.FINGERPRINT);
        assertThat(share.project()).isEqualTo("p1");
        assertThat(end.status()).isEqualTo(Status.SUCCESS);
        assertThat(world.features.asked(IntakeContract.BRING)).isEmpty();
    }

    @Test
    void an_image_that_is_not_there_cannot_be_shared() {
        assertThat(end(ownCopy("", "9".repeat(64), "p1")).error())
                .isEqualTo("Failed getting remote image info: Image not found");
    }

    private Reply ownCopy(String query, String name, String project) {
        String pem = new String(LxdJson.bytes(world.certificate.pem()), StandardCharsets.UTF_8);
        return post(query, "{\"source\":{\"type\":\"image\",\"server\":\"https://balancer.example\",\"certificate\":" + pem
                + ",\"project\":\"" + project + "\",\"fingerprint\":\"" + name + "\"}}");
    }

    private static Answer<Arrival> here() {
        return Answer.yes(new AlreadyHere(new Fingerprint(FINGERPRINT), 100));
    }

    private Reply copy(String query, String name) {
        return post(query, "{\"source\":{\"type\":\"image\",\"server\":\"https://h\"," + name + "}}");
    }

    private Reply post(String query, String body) {
        return post(query, body, "admin");
    }

    private Reply post(String query, String body, String caller) {
        return world.send(
                "POST", "/1.0/images" + query, body, "Content-Type", "application/json", LoopbackEdge.CALLER, caller);
    }

    private Finish end(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return world.operations.end(reply.operation());
    }
}
