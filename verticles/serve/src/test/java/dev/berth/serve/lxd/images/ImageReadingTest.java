package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.ListImages;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.contract.TrustContract.TokenIsRedeemed;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and single images, for trusted callers and strangers (rest-api 2.5, 3.2, 3.7). */
class ImageReadingTest {
    private static final String STRANGER = "stranger";
    private static final String UNKNOWN = "9".repeat(64);
    private final ImageWorld world = new ImageWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("rest-api 41")
    void strangers_list_public_images_of_default_only() {
        get("/1.0/images", STRANGER);

        assertThat(listed().visibleOnly()).isTrue();
        assertThat(listed().projects()).containsExactly("default");
    }

    @Test
    @DisplayName("rest-api 51, 54")
    void trusted_callers_list_all_and_pass_the_filter_on_as_it_is() {
        Reply reply = world.get("/1.0/images?filter=&recursion=1");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("ETag")).isEqualTo("\"list\"");
        assertThat(listed().visibleOnly()).isFalse();
        assertThat(listed().filter()).isEmpty();
        assertThat(listed().withProject()).isFalse();
    }

    @ParameterizedTest
    @DisplayName("rest-api 52, 53")
    @CsvSource({"1,true", "2,true", "3,true", "-1,true", "0,false", "foo,false", "99999999999999,false", "'',false"})
    void any_number_but_zero_asks_for_objects(String recursion, boolean recursive) {
        world.get("/1.0/images?recursion=" + recursion);

        assertThat(listed().recursive()).isEqualTo(recursive);
    }

    @Test
    @DisplayName("rest-api 64")
    void a_broken_filter_is_a_refusal_not_a_crash() {
        world.features.on(
                CatalogContract.LIST_IMAGES, asked -> Answer.no(Refused.invalid("Invalid filter: clause has no value")));

        Reply reply = world.get("/1.0/images?filter=os+eq");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith("Invalid filter");
    }

    @Test
    @DisplayName("rest-api 65")
    void an_unknown_project_is_told_to_trusted_callers() {
        Reply reply = world.get("/1.0/images?project=unknown");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error()).isEqualTo("Project not found");
    }

    @Test
    @DisplayName("rest-api 66")
    void all_projects_and_a_project_exclude_each_other() {
        Reply reply = world.get("/1.0/images?project=p1&all-projects=true");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("Cannot specify a project when requesting all projects");
    }

    @ParameterizedTest
    @DisplayName("rest-api 67")
    @ValueSource(strings = {"1", "true", "YES", "on"})
    void all_projects_are_those_with_images_of_their_own(String yes) {
        world.get("/1.0/images?all-projects=" + yes);

        assertThat(listed().projects()).containsExactly("default", "p1");
        assertThat(listed().withProject()).isTrue();
    }

    @Test
    @DisplayName("rest-api 47")
    void strangers_may_not_ask_for_all_projects() {
        Reply reply = get("/1.0/images?all-projects=true", STRANGER);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error())
                .isEqualTo("Untrusted callers may only access public images in the default project");
    }

    @Test
    @DisplayName("rest-api 68")
    void a_project_without_images_of_its_own_shows_those_of_default() {
        world.get("/1.0/images?project=shared");

        assertThat(listed().projects()).containsExactly("default");
        assertThat(listed().visibleOnly()).isFalse();
    }

    @ParameterizedTest
    @DisplayName("rest-api 46")
    @ValueSource(strings = {
        "/1.0/images?project=p1",
        "/1.0/images?project=unknown",
        "/1.0/images/f00d?project=p1",
        "/1.0/images/f00d?project=p1&secret=bogus",
        "/1.0/images/f00d/export?project=p1&secret=bogus",
        "/1.0/images/f00d/export?project=unknown",
        "/1.0/images/aliases/x?project=p1",
        "/1.0/images/aliases/x?project=shared"
    })
    void strangers_find_nothing_outside_default(String path) {
        assertThat(get(path, STRANGER).text()).isEqualTo(hidden());
    }

    @Test
    @DisplayName("rest-api 44, 45, 78")
    void hidden_and_unknown_images_are_the_same_to_strangers_byte_by_byte() {
        Reply secret = get("/1.0/images/" + ImageWorld.PRIVATE, STRANGER);
        Reply unknown = get("/1.0/images/" + UNKNOWN, STRANGER);

        assertThat(secret.status()).isEqualTo(404);
        assertThat(secret.body()).isEqualTo(unknown.body()).isEqualTo(hidden().getBytes(StandardCharsets.UTF_8));
        assertThat(secret.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
        assertThat(get("/1.0/images/" + ImageWorld.PRIVATE + "/export", STRANGER).text()).isEqualTo(hidden());
    }

    @Test
    @DisplayName("rest-api 72, 73")
    void a_trusted_caller_reads_any_image_by_fingerprint_or_prefix() {
        Reply whole = world.get("/1.0/images/" + ImageWorld.PRIVATE);
        Reply prefix = world.get("/1.0/images/" + ImageWorld.PRIVATE.substring(0, 12));

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.header("ETag")).isEqualTo("\"tag\"");
        assertThat(whole.json().path("metadata").path("fingerprint").asText()).isEqualTo(ImageWorld.PRIVATE);
        assertThat(prefix.body()).isEqualTo(whole.body());
    }

    @ParameterizedTest
    @DisplayName("rest-api 75, 76, 78")
    @ValueSource(strings = {"%25", "..%2F..%2Fx", "typo!", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0", "ABCDEF"})
    void names_that_are_no_prefix_of_an_image_are_not_found(String name) {
        Reply reply = world.get("/1.0/images/" + name);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error()).isEqualTo("Image not found");
    }

    @Test
    @DisplayName("rest-api 74")
    void an_ambiguous_prefix_is_an_error() {
        world.features.on(CatalogContract.FIND_IMAGE, asked ->
                Answer.no(new Refused(Refused.Reason.BROKEN, "More than one image matches")));

        assertThat(world.get("/1.0/images/0").error()).isEqualTo("More than one image matches");
    }

    @Test
    @DisplayName("rest-api 157, 161")
    void a_secret_opens_a_private_image_also_by_prefix_and_escaped_twice() {
        redeem("0-ff");

        Reply reply = get("/1.0/images/f00df00d?secret=0%252Dff", STRANGER);

        assertThat(reply.status()).isEqualTo(200);
        RedeemToken token = world.features.lastAsked(TrustContract.REDEEM_TOKEN);
        assertThat(token.purpose()).isEqualTo(Purpose.DOWNLOAD_IMAGE);
        assertThat(token.fingerprint().hex()).isEqualTo(ImageWorld.PRIVATE);
        assertThat(token.project()).isEqualTo("default");
    }

    @Test
    @DisplayName("rest-api 157: in that project only")
    void a_secret_opens_an_image_of_its_own_project() {
        redeem("00ff");

        assertThat(get("/1.0/images/f00d?secret=00ff&project=p1", STRANGER).status()).isEqualTo(200);
        assertThat(world.features.lastAsked(TrustContract.REDEEM_TOKEN).project()).isEqualTo("p1");
    }

    @Test
    @DisplayName("rest-api 160")
    void a_bad_secret_hurts_only_where_one_is_needed() {
        assertThat(get("/1.0/images/0123?secret=bad", STRANGER).status()).isEqualTo(200);
        assertThat(get("/1.0/images/f00d?secret=bad", STRANGER).text()).isEqualTo(hidden());
        assertThat(world.get("/1.0/images/f00d?secret=bad").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("rest-api 48")
    @CsvSource({
        "PUT,/1.0/images/0123", "PATCH,/1.0/images/0123", "DELETE,/1.0/images/0123", "POST,/1.0/images/0123/secret",
        "POST,/1.0/images/0123/refresh", "POST,/1.0/images/0123/export", "POST,/1.0/images/aliases",
        "PUT,/1.0/images/aliases/x", "PATCH,/1.0/images/aliases/x", "POST,/1.0/images/aliases/x",
        "DELETE,/1.0/images/aliases/x", "GET,/1.0/images/aliases", "POST,/1.0/images"
    })
    void strangers_change_nothing(String method, String path) {
        Reply reply = world.send(method, path, "{}", "Test-Caller", STRANGER);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("not authorized");
    }

    @Test
    @DisplayName("rest-api 12, 2.5")
    void a_known_path_without_the_verb_is_501_for_trusted_callers_and_403_for_strangers() {
        Reply trusted = world.send("PUT", "/1.0/images/0123/export", "{}");

        assertThat(trusted.status()).isEqualTo(501);
        assertThat(trusted.error()).isEqualTo("not implemented");
        assertThat(world.send("PUT", "/1.0/images/0123/export", "{}", "Test-Caller", STRANGER).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @DisplayName("rest-api 11, 2.5")
    @ValueSource(strings = {"/1.0/images/", "/1.0/images/0123/", "/1.0/images/0123/nope", "/1.0/images/aliases/"})
    void a_trailing_slash_is_another_path(String path) {
        assertThat(world.get(path).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("rest-api 2.5: the authenticated hint")
    void a_caller_who_insists_on_being_trusted_is_not_taken_for_a_stranger() {
        Reply reply = world.get("/1.0/images", "Test-Caller", STRANGER, "X-Incus-authenticated", "true");

        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    @DisplayName("rest-api 2.6")
    void a_restricted_caller_works_in_its_projects_and_is_a_stranger_elsewhere() {
        assertThat(get("/1.0/images?project=p1", "restricted").status()).isEqualTo(200);
        assertThat(listed().visibleOnly()).isFalse();
        get("/1.0/images", "restricted");
        assertThat(listed().visibleOnly()).isTrue();
        assertThat(get("/1.0/images?project=shared", "restricted").error()).isEqualTo("Certificate is restricted");
        assertThat(get("/1.0/images?all-projects=1", "restricted").error()).isEqualTo("Certificate is restricted");
        assertThat(get("/1.0/images/aliases", "restricted").error()).isEqualTo("Certificate is restricted");
        assertThat(get("/1.0/images/f00d", "restricted").text()).isEqualTo(hidden());
        assertThat(world.send("POST", "/1.0/images", BodyPublishers.ofString("x"), "Test-Caller", "restricted").error())
                .isEqualTo("Certificate is restricted");
    }

    @Test
    void strangers_never_look_among_private_images_without_a_secret() {
        get("/1.0/images/" + ImageWorld.PRIVATE, STRANGER);

        assertThat(world.features.asked(CatalogContract.FIND_IMAGE)).allMatch(FindImage::visibleOnly);
    }

    private void redeem(String secret) {
        world.features.on(TrustContract.REDEEM_TOKEN, asked -> asked.secret().equals(secret)
                ? Answer.yes(new TokenIsRedeemed(Map.of(), Instant.now()))
                : Answer.no(Refused.forbidden("not authorized")));
    }

    private Reply get(String path, String caller) {
        return world.get(path, "Test-Caller", caller);
    }

    private ListImages listed() {
        return world.features.lastAsked(CatalogContract.LIST_IMAGES);
    }

    private static String hidden() {
        return "{\"type\":\"error\",\"status\":\"\",\"status_code\":0,\"operation\":\"\",\"error_code\":404,"
                + "\"error\":\"Not Found\",\"metadata\":null}\n";
    }
}
