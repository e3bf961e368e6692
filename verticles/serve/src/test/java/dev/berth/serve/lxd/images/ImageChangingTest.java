package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.EditImage;
import dev.berth.contract.CatalogContract.ImageIsEdited;
import dev.berth.contract.CatalogContract.ImageIsRemoved;
import dev.berth.contract.Done;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Push;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Leave;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.CancelRequested;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.RefreshContract;
import dev.berth.contract.RefreshContract.Refreshed;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.image.Fingerprint;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import io.vertx.core.Promise;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PUT, PATCH, DELETE, secret, refresh and push of one image (rest-api 3.8, 3.9). */
class ImageChangingTest {
    private static final String IMAGE = "/1.0/images/" + ImageWorld.FINGERPRINT.substring(0, 12);
    private final ImageWorld world = new ImageWorld();

    ImageChangingTest() {
        world.features.on(CatalogContract.EDIT_IMAGE, asked -> Answer.yes(new ImageIsEdited(world.images.get(0))));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("rest-api 80, 83")
    void a_put_replaces_the_writable_part_and_ignores_the_rest() {
        Reply reply = world.send("PUT", IMAGE, "{\"auto_update\":true,\"public\":true,\"properties\":{\"a\":\"\",\"b\":\"c\"},"
                + "\"profiles\":[\"a\"],\"expires_at\":\"3000-01-01T00:00:00-00:00\",\"fingerprint\":\"x\",\"type\":\"y\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("metadata").isObject()).isTrue();
        assertThat(edit().fingerprint().hex()).isEqualTo(ImageWorld.FINGERPRINT);
        assertThat(edit().ifMatch()).isNull();
        assertThat(edit().visible()).isTrue();
        assertThat(edit().autoUpdate()).isTrue();
        assertThat(edit().properties()).containsEntry("a", "").containsEntry("b", "c");
        assertThat(edit().mergeProperties()).isFalse();
        assertThat(edit().profiles()).containsExactly("a");
        assertThat(edit().expiresAt()).as("rest-api 87").isEqualTo(Instant.parse("3000-01-01T00:00:00Z"));
    }

    @Test
    @DisplayName("rest-api 84, 86")
    void what_a_put_leaves_out_falls_back_to_defaults_but_the_expiry_stays() {
        world.send("PUT", IMAGE, "{\"profiles\":null,\"expires_at\":\"0001-01-01T00:00:00Z\"}");

        assertThat(edit().visible()).isFalse();
        assertThat(edit().autoUpdate()).isFalse();
        assertThat(edit().properties()).isEmpty();
        assertThat(edit().profiles()).containsExactly("default");
        assertThat(edit().expiresAt()).isNull();
    }

    @Test
    @DisplayName("rest-api 84")
    void an_empty_list_of_profiles_means_none() {
        world.send("PUT", IMAGE, "{\"profiles\":[]}");

        assertThat(edit().profiles()).isEmpty();
    }

    @Test
    @DisplayName("rest-api 85")
    void an_unknown_profile_is_refused() {
        Reply reply = world.send("PUT", IMAGE, "{\"profiles\":[\"a\",\"x\"]}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("Profile 'x' doesn't exist");
        assertThat(world.features.asked(CatalogContract.EDIT_IMAGE)).isEmpty();
    }

    @Test
    @DisplayName("rest-api 80, 85: lxc puts back what it read")
    void an_image_whose_profile_was_deleted_can_still_be_edited() {
        world.images.set(0, ImageWorld.withProfiles(world.images.get(0), List.of("gone")));

        assertThat(world.send("PUT", IMAGE, "{\"profiles\":[\"gone\",\"a\"]}").status()).isEqualTo(200);
        assertThat(edit().profiles()).containsExactly("gone", "a");
        assertThat(world.send("PUT", IMAGE, "{\"profiles\":[\"gone\",\"x\"]}").error())
                .isEqualTo("Profile 'x' doesn't exist");
    }

    @Test
    @DisplayName("rest-api 79, 81")
    void a_stale_tag_is_412() {
        world.features.on(CatalogContract.EDIT_IMAGE, asked -> Answer.no(Refused.changed("\"new\"", asked.ifMatch())));

        Reply reply = world.send("PUT", IMAGE, "{}", "If-Match", "old");

        assertThat(reply.status()).isEqualTo(412);
        assertThat(reply.error()).isEqualTo("ETag doesn't match: \"new\" vs old");
    }

    @Test
    @DisplayName("rest-api 88, 89")
    void a_patch_names_only_what_changes() {
        world.send("PATCH", IMAGE, "{\"properties\":{\"a\":\"b\"},\"profiles\":[\"x\"],\"expires_at\":\"2030-01-01T00:00:00Z\"}");

        assertThat(edit().mergeProperties()).isTrue();
        assertThat(edit().properties()).containsExactly(Map.entry("a", "b"));
        assertThat(edit().visible()).isNull();
        assertThat(edit().autoUpdate()).isNull();
        assertThat(edit().profiles()).isNull();
        assertThat(edit().expiresAt()).isNull();

        world.send("PATCH", IMAGE, "{\"public\":true,\"properties\":null}");

        assertThat(edit().visible()).isTrue();
        assertThat(edit().properties()).isNull();
    }

    @Test
    @DisplayName("rest-api 90")
    void nothing_outside_default_becomes_public() {
        for (String method : List.of("PUT", "PATCH")) {
            Reply reply = world.send(method, "/1.0/images/f00d?project=p1", "{\"public\":true}");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).isEqualTo("Images can only be marked public in the default project");
        }
    }

    @Test
    void an_unknown_image_is_not_found_before_the_body_is_looked_at() {
        assertThat(world.send("PUT", "/1.0/images/9999", "garbage").error()).isEqualTo("Image not found");
    }

    @Test
    @DisplayName("rest-api 174")
    void a_deletion_is_an_operation_about_the_image() {
        world.features.on(CatalogContract.REMOVE_IMAGE, asked -> Answer.yes(new ImageIsRemoved(world.images.get(0))));

        Reply reply = world.send("DELETE", IMAGE, BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("metadata").path("description").asText()).isEqualTo("Deleting image");
        assertThat(reply.json().path("metadata").path("resources").path("images").get(0).asText())
                .isEqualTo("/1.0/images/" + ImageWorld.FINGERPRINT);
        assertThat(world.operations.end(reply.operation()).status()).isEqualTo(Status.SUCCESS);
        assertThat(world.features.lastAsked(CatalogContract.REMOVE_IMAGE).fingerprint().hex())
                .isEqualTo(ImageWorld.FINGERPRINT);
    }

    @Test
    @DisplayName("rest-api 175")
    void deleting_what_is_not_there_is_told_at_once() {
        Reply reply = world.send("DELETE", "/1.0/images/9999", BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error()).isEqualTo("Image not found");
    }

    @Test
    @DisplayName("rest-api 176")
    void a_deletion_concerns_one_project() {
        world.features.on(CatalogContract.REMOVE_IMAGE, asked -> Answer.yes(new ImageIsRemoved(world.images.get(2))));

        world.operations.end(
                world.send("DELETE", "/1.0/images/f00d?project=p1", BodyPublishers.noBody()).operation());

        assertThat(world.features.lastAsked(CatalogContract.REMOVE_IMAGE).project()).isEqualTo("p1");
    }

    @Test
    void two_who_delete_at_once_both_get_an_operation_and_one_of_them_fails() {
        world.features.on(CatalogContract.REMOVE_IMAGE, asked -> Answer.no(Refused.notFound("Image not found")));

        Finish end = world.operations.end(world.send("DELETE", IMAGE, BodyPublishers.noBody()).operation());

        assertThat(end.status()).isEqualTo(Status.FAILURE);
        assertThat(end.error()).isEqualTo("Image not found");
    }

    @Test
    @DisplayName("rest-api 157")
    void a_secret_is_a_token_operation_with_or_without_a_body() {
        world.features.on(
                TrustContract.GRANT_TOKEN, asked -> Answer.yes(TokenUploadTest.granted(asked.metadata())));

        Reply reply = world.send("POST", IMAGE + "/secret", BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("metadata").path("class").asText()).isEqualTo("token");
        assertThat(reply.json().path("metadata").path("metadata").path("secret").asText()).isNotEmpty();
        GrantToken token = world.features.lastAsked(TrustContract.GRANT_TOKEN);
        assertThat(token.purpose()).isEqualTo(Purpose.DOWNLOAD_IMAGE);
        assertThat(token.fingerprint().hex()).isEqualTo(ImageWorld.FINGERPRINT);
        assertThat(world.send("POST", IMAGE + "/secret", "{}").status()).isEqualTo(202);
    }

    @Test
    @DisplayName("rest-api 177")
    void an_image_without_a_source_cannot_be_refreshed() {
        world.features.on(
                RefreshContract.REFRESH, asked -> Answer.no(Refused.invalid("Image source not found")));

        Reply reply = world.send("POST", IMAGE + "/refresh", BodyPublishers.noBody());

        assertThat(reply.json().path("metadata").path("description").asText()).isEqualTo("Refreshing image");
        assertThat(world.operations.end(reply.operation()).error()).isEqualTo("Image source not found");
    }

    @ParameterizedTest
    @DisplayName("rest-api 178, 179: a source that cannot be reached refreshes nothing, and that is a success")
    @ValueSource(booleans = {true, false})
    void a_refresh_says_whether_a_newer_image_came(boolean changed) {
        world.features.on(RefreshContract.REFRESH, asked -> Answer.yes(
                new Refreshed(changed, asked.fingerprint(), "as told")));

        Reply reply = world.send("POST", IMAGE + "/refresh", BodyPublishers.noBody());

        assertThat(world.operations.end(reply.operation()).metadata()).isEqualTo(Map.of("refreshed", changed));
        assertThat(world.features.lastAsked(RefreshContract.REFRESH).watcher()).isEqualTo(reply.operation());
    }

    @Test
    @DisplayName("rest-api 4.3")
    void a_refresh_that_was_cancelled_ends_as_cancelled() throws Exception {
        Promise<Answer<Refreshed>> comparing = Promise.promise();
        CompletableFuture<String> leaver = new CompletableFuture<>();
        world.features.onLater(RefreshContract.REFRESH, asked -> comparing.future());
        ImageWorld.await(world.bus.hear(IntakeContract.LEAVE, (Leave news) -> leaver.complete(news.watcher())));
        Reply reply = world.send("POST", IMAGE + "/refresh", BodyPublishers.noBody());

        world.bus.announce(OperationsContract.CANCEL_REQUESTED, new CancelRequested(reply.operation()));
        assertThat(leaver.get(20, TimeUnit.SECONDS)).isEqualTo(reply.operation());
        comparing.complete(Answer.yes(new Refreshed(false, new Fingerprint(ImageWorld.FINGERPRINT), "Operation cancelled")));

        Finish end = world.operations.end(reply.operation());
        assertThat(end.status()).isEqualTo(Status.CANCELLED);
        assertThat(end.error()).isEqualTo("Operation cancelled");
    }

    @Test
    @DisplayName("rest-api 3.6: what lxc image copy --mode=push asks of the source")
    void an_image_is_pushed_with_the_token_of_its_target() {
        world.features.on(FetchContract.PUSH, asked -> Answer.done());

        Reply reply = world.send("POST", IMAGE + "/export", """
                {"target":"https://h:8443","secret":"s","certificate":"PEM","aliases":[],"project":"p","profiles":["a"]}""");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(world.operations.end(reply.operation()).status()).isEqualTo(Status.SUCCESS);
        Push push = world.features.lastAsked(FetchContract.PUSH);
        assertThat(push.target()).isEqualTo(new Source("https://h:8443", "lxd", "PEM", "s", "p"));
        assertThat(push.image().fingerprint().hex()).isEqualTo(ImageWorld.FINGERPRINT);
        assertThat(push.profiles()).containsExactly("a");
    }

    @Test
    @DisplayName("rest-api 4.4: how far a push is")
    void a_push_shows_its_progress() throws Exception {
        Promise<Answer<Done>> pushing = Promise.promise();
        CompletableFuture<OperationsContract.Progress> shown = new CompletableFuture<>();
        world.features.onLater(FetchContract.PUSH, asked -> pushing.future());
        world.features.on(OperationsContract.PROGRESS, asked -> {
            shown.complete(asked);
            return Done.DONE;
        });
        Reply reply = world.send("POST", IMAGE + "/export", "{\"target\":\"https://h\",\"secret\":\"s\"}");

        world.bus.announce(FetchContract.PROGRESS, new FetchContract.Progress("another", "", 1, 100, 1));
        world.bus.announce(FetchContract.PROGRESS, new FetchContract.Progress(reply.operation(), "", 15, 100, 96_570_000));

        assertThat(shown.get(20, TimeUnit.SECONDS)).isEqualTo(new OperationsContract.Progress(
                reply.operation(), Map.of("upload_progress", "15% (96.57MB/s)")));
        pushing.complete(Answer.done());
        world.operations.end(reply.operation());
    }

    @Test
    void a_push_ends_as_its_target_says() {
        world.features.on(FetchContract.PUSH, asked -> Answer.no(Refused.invalid("the other server refused it")));

        Reply reply = world.send("POST", IMAGE + "/export", "{\"target\":\"https://h\",\"secret\":\"s\"}");

        assertThat(world.operations.end(reply.operation()).error()).isEqualTo("the other server refused it");
    }

    private EditImage edit() {
        return world.features.lastAsked(CatalogContract.EDIT_IMAGE);
    }
}
