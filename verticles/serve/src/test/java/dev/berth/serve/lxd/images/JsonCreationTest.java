package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.IntakeContract;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCreationTest {
    private static final String JSON = "application/json";
    private final ImageWorld world = new ImageWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("rest-api 120, 122")
    @ValueSource(strings = {"garbage", "", "[]", "{}", "{\"source\":null}", "{\"source\":{}} trailing", "{\"a\":1,\"a\":2}"})
    void what_is_no_image_request_is_refused(String body) {
        Reply reply = post(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isNotEmpty();
    }

    @Test
    @DisplayName("rest-api 121")
    void json_is_recognised_without_a_content_type() {
        Reply reply = world.send("POST", "/1.0/images", " \n{\"source\":{\"type\":\"bogus\"}}\n");

        assertThat(reply.error()).isEqualTo("Invalid images JSON");
        assertThat(world.features.asked(IntakeContract.ARRIVE)).isEmpty();
    }

    @Test
    @DisplayName("rest-api 123")
    void an_unknown_type_is_an_error_500() {
        Reply reply = post("{\"source\":{\"type\":\"bogus\"}}");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.error()).isEqualTo("Invalid images JSON");
    }

    @Test
    @DisplayName("rest-api 124, formats 49")
    void an_unknown_compression_is_refused() {
        Reply reply = post("{\"compression_algorithm\":\"nope\",\"source\":{\"type\":\"instance\"}}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("Invalid compression algorithm \"nope\"");
    }

    @ParameterizedTest
    @DisplayName("rest-api 126")
    @ValueSource(strings = {"instance", "container", "virtual-machine", "snapshot"})
    void there_are_no_instances_here(String type) {
        Reply reply = post("{\"compression_algorithm\":\"xz -0\",\"source\":{\"type\":\"" + type + "\",\"name\":\"c1\"}}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error()).isEqualTo("Instance not found");
    }

    @Test
    @DisplayName("rest-api 130")
    void a_fetch_needs_a_fingerprint_or_an_alias() {
        assertThat(errorOf("{\"source\":{\"type\":\"image\",\"mode\":\"pull\",\"fingerprint\":\"\",\"alias\":null}}"))
                .isEqualTo("must specify one of alias or fingerprint for init from image");
    }

    @Test
    void a_direct_import_needs_an_address() {
        assertThat(errorOf("{\"source\":{\"type\":\"url\",\"url\":null}}")).isEqualTo("Missing URL");
    }

    @Test
    @DisplayName("rest-api 134")
    void a_fetch_needs_a_protocol_that_is_known() {
        assertThat(errorOf("{\"source\":{\"type\":\"image\",\"protocol\":\"ftp\",\"alias\":\"x\"}}"))
                .isEqualTo("Unsupported protocol: ftp");
    }

    @Test
    @DisplayName("rest-api 117")
    void a_public_image_outside_default_is_refused_before_its_type_is_looked_at() {
        Reply reply = world.send(
                "POST", "/1.0/images?project=p1", "{\"public\":true,\"source\":{\"type\":\"bogus\"}}", "Content-Type", JSON);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("Images can only be marked public in the default project");
    }

    @Test
    void a_body_larger_than_a_mebibyte_is_refused() {
        Reply reply = post("{\"x\":\"" + "y".repeat(1 << 20) + "\"}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("1048576 bytes");
    }

    @Test
    void a_value_of_the_wrong_type_is_named() {
        assertThat(post("{\"public\":\"yes\",\"source\":{\"type\":\"image\"}}").error())
                .isEqualTo("public must be a boolean, got a text");
    }

    private String errorOf(String body) {
        Reply reply = post(body);
        assertThat(reply.status()).isEqualTo(202);
        return world.operations.end(reply.operation()).error();
    }

    private Reply post(String body) {
        return world.send("POST", "/1.0/images", BodyPublishers.ofString(body), "Content-Type", JSON);
    }
}
