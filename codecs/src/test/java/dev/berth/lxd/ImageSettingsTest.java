package dev.berth.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.Projects;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ImageSettingsTest {
    @Test
    @DisplayName("rest-api 6.1: without a word, ten days and six hours")
    void defaults_hold_when_nobody_said_anything() {
        ImageSettings settings = settings(Map.of(), Map.of());

        assertThat(settings.cacheDays("default")).isEqualTo(10);
        assertThat(settings.updateHours("default")).isEqualTo(6);
        assertThat(settings.hasOwnCacheDays("default")).isFalse();
    }

    @Test
    @DisplayName("rest-api 183: a project overrides the server")
    void a_project_overrides_the_server() {
        ImageSettings settings = settings(
                Map.of("images.remote_cache_expiry", "3"),
                Map.of("images.remote_cache_expiry", "0", "images.auto_update_interval", "24"));

        assertThat(settings.cacheDays("p1")).isZero();
        assertThat(settings.hasOwnCacheDays("p1")).isTrue();
        assertThat(settings.updateHours("p1")).isEqualTo(24);
        assertThat(settings.cacheDays("default")).isEqualTo(3);
    }

    @Test
    void numbers_beyond_sense_mean_never_and_for_ever() {
        ImageSettings settings = settings(Map.of(
                "images.remote_cache_expiry", "-5", "images.auto_update_interval", "" + Long.MAX_VALUE), Map.of());

        assertThat(settings.cacheDays("default")).isZero();
        assertThat(settings.updateHours("default")).isEqualTo(3_652_500);
    }

    @Test
    void settings_about_other_things_make_no_difference() {
        assertThat(settings(Map.of("user.colour", "blue"), Map.of("features.images", "true", "images.x", "")))
                .isEqualTo(settings(Map.of(), Map.of()));
    }

    private static ImageSettings settings(Map<String, String> server, Map<String, String> project) {
        return ImageSettings.of(
                new Settings(server, false, ""), new Projects(List.of(new Project("p1", "", project))));
    }
}
