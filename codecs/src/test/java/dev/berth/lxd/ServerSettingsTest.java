package dev.berth.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "images.foo, 1, cannot set 'images.foo' to '1': unknown key",
        "x, y, cannot set 'x' to 'y': unknown key",
        "user., y, cannot set 'user.' to 'y': unknown key",
        "images.compression_algorithm, nope, cannot set 'images.compression_algorithm' to 'nope': Invalid compression algorithm \"nope\"",
        "images.remote_cache_expiry, ten, cannot set 'images.remote_cache_expiry' to 'ten': invalid integer",
        "images.auto_update_cached, maybe, cannot set 'images.auto_update_cached' to 'maybe': invalid boolean",
        "images.default_architecture, pdp11, cannot set 'images.default_architecture' to 'pdp11': Architecture isn't supported: pdp11",
        "core.remote_token_expiry, soon, cannot set 'core.remote_token_expiry' to 'soon': Invalid expiry expression",
    })
    @DisplayName("rest-api 220: what cannot be set is refused in LXD's words")
    void what_cannot_be_set_is_refused(String key, String value, String complaint) {
        assertThat(ServerSettings.complaint(Map.of(key, value))).contains(complaint.replace("''", "'"));
    }

    @ParameterizedTest
    @CsvSource({
        "images.remote_cache_expiry, 5", "images.auto_update_interval, 0", "images.auto_update_cached, no",
        "images.compression_algorithm, gzip -9", "images.compression_algorithm, lz4", "images.compression_algorithm, none",
        "images.default_architecture, amd64", "core.remote_token_expiry, 1d 2H", "user.anything, at all",
        "images.remote_cache_expiry, ''", "core.trust_password, s3cret"
    })
    void what_can_be_set_is_taken(String key, String value) {
        assertThat(ServerSettings.complaint(Map.of(key, value))).isEmpty();
    }

    @Test
    void several_mistakes_are_counted() {
        assertThat(ServerSettings.complaint(Map.of("b", "1", "a", "2", "images.remote_cache_expiry", "5")))
                .contains("cannot set 'a' to '2': unknown key (and 1 more errors)");
    }

    @Test
    void a_patch_keeps_what_it_does_not_name_and_unsets_what_is_empty() {
        Map<String, String> changes = new HashMap<>(Map.of("user.b", "2", "user.c", ""));
        changes.put("user.d", null);

        assertThat(ServerSettings.changed(Map.of("user.a", "1", "user.c", "3", "user.d", "4"), changes, false))
                .isEqualTo(Map.of("user.a", "1", "user.b", "2"));
    }

    @Test
    void a_put_unsets_what_it_does_not_name() {
        assertThat(ServerSettings.changed(Map.of("user.a", "1"), Map.of("user.b", "2"), true))
                .isEqualTo(Map.of("user.b", "2"));
    }

    @Test
    void a_default_is_not_kept() {
        Map<String, String> changes = Map.of("images.remote_cache_expiry", "10", "images.auto_update_cached", "YES",
                "core.trust_ca_certificates", "on");

        assertThat(ServerSettings.changed(Map.of("images.remote_cache_expiry", "5"), changes, false))
                .isEqualTo(Map.of("core.trust_ca_certificates", "true"));
    }

    @Test
    @DisplayName("rest-api 222: an echoed trust password stays as it is, and so does one that is not named")
    void a_trust_password_stays_unless_it_is_named_with_a_new_value() {
        Map<String, String> present = Map.of(ServerSettings.TRUST_PASSWORD, "hash");

        assertThat(ServerSettings.changed(present, Map.of(ServerSettings.TRUST_PASSWORD, "true"), true)).isEqualTo(present);
        assertThat(ServerSettings.changed(present, Map.of(), true)).isEqualTo(present);
        assertThat(ServerSettings.changed(present, Map.of(ServerSettings.TRUST_PASSWORD, ""), true)).isEmpty();
        assertThat(ServerSettings.changed(Map.of(), Map.of(ServerSettings.TRUST_PASSWORD, "true"), true)).isEmpty();
        assertThat(ServerSettings.visible(present)).isEmpty();
    }
}
