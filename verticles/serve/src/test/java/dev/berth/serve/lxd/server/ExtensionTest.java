package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ExtensionTest {
    private static final List<String> NEVER = List.of(
            "image_registries", "access_management", "instance", "container_", "virtual-machines", "storage", "network",
            "clustering", "backup", "resources", "warnings", "bulk_operations", "project_delete_operation");

    @Test
    @DisplayName("rest-api 10")
    void nothing_is_advertised_that_would_mislead_clients() {
        assertThat(Extension.names()).allSatisfy(name -> assertThat(NEVER).noneMatch(name::startsWith));
    }

    @Test
    @DisplayName("rest-api 1.3")
    void everything_that_gates_an_image_command_we_serve_is_advertised() {
        assertThat(Extension.names()).contains(
                "api_filtering", "images_all_projects", "image_create_aliases", "image_copy_profile", "projects",
                "explicit_trust_token", "certificate_token", "certificate_update", "metrics",
                "operations_get_query_all_projects");
    }

    @Test
    void every_name_says_what_it_promises() {
        assertThat(Extension.values()).allSatisfy(extension -> assertThat(extension.promise()).isNotBlank());
    }
}
