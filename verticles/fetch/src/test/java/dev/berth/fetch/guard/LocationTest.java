package dev.berth.fetch.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
    @Test
    void a_base_with_or_without_a_slash_leads_to_the_same_place_below() {
        assertThat(Location.parse("https://Host/berth").below("/1.0/images?project=a"))
                .isEqualTo(Location.parse("https://host/berth/").below("1.0/images?project=a"))
                .hasToString("https://host/berth/1.0/images");
        assertThat(Location.parse("https://host:8443").below("/1.0").target()).isEqualTo("/1.0");
    }

    @Test
    void a_redirect_is_read_as_browsers_do() {
        Location from = Location.parse("https://host/a/b?secret=x");

        assertThat(from.redirected("../c").toString()).isEqualTo("https://host/c");
        assertThat(from.redirected("https://other:444/d").origin()).isEqualTo("other:444");
        assertThatThrownBy(() -> from.redirected("http://host/a")).hasMessageContaining("Only https:// is supported");
        assertThatThrownBy(() -> from.redirected("file:///etc/passwd")).hasMessageContaining("Only https:// is supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host", "file:///etc/passwd", "host", "", "https://", "https://host:0/", "https://host:70000/", "https://a b/", "ftp://host"})
    void what_is_no_https_url_is_refused(String url) {
        assertThatThrownBy(() -> Location.parse(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/a/../../x", "a/%2e%2E/x"})
    void nothing_below_leads_outside(String path) {
        assertThatThrownBy(() -> Location.parse("https://host/base").below(path)).hasMessageContaining("expected a path below");
    }

    @Test
    void secrets_and_users_are_never_shown() {
        Location location = Location.parse("https://user:pass%21@host/a?secret=b");

        assertThat(location).hasToString("https://host/a");
        assertThat(location.authorization()).isEqualTo("Basic dXNlcjpwYXNzIQ==");
    }

    @Test
    void an_address_of_version_six_keeps_its_brackets_where_they_belong() {
        assertThat(Location.parse("https://[::1]:8443/a").host()).isEqualTo("::1");
        assertThat(Location.parse("https://[::1]:8443/a").origin()).isEqualTo("[::1]:8443");
    }
}
