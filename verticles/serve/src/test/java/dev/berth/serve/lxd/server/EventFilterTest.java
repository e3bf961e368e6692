package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.OperationsContract.Event;
import dev.berth.image.Caller;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class EventFilterTest {
    private static final Caller RESTRICTED =
            new Caller(Caller.Standing.RESTRICTED, "ab", "tls", "127.0.0.1:1", Set.of("dev"));

    @Test
    @DisplayName("rest-api 210")
    void lets_only_the_wanted_types_through() {
        EventFilter filter = new EventFilter(Set.of("lifecycle"), "default", true);

        assertThat(filter.lets(event("lifecycle", "default", false))).isTrue();
        assertThat(filter.lets(event("operation", "default", false))).isFalse();
    }

    @Test
    @DisplayName("rest-api 211")
    void lets_through_what_happens_in_its_project_or_in_none() {
        EventFilter filter = new EventFilter(Set.of("lifecycle"), "dev", true);

        assertThat(filter.lets(event("lifecycle", "dev", false))).isTrue();
        assertThat(filter.lets(event("lifecycle", "", false))).isTrue();
        assertThat(filter.lets(event("lifecycle", "default", false))).isFalse();
    }

    @Test
    @DisplayName("rest-api 212")
    void without_a_project_it_lets_all_projects_through() {
        assertThat(new EventFilter(Set.of("operation"), null, true).lets(event("operation", "dev", false))).isTrue();
    }

    @Test
    void keeps_secrets_from_everybody_but_administrators() {
        Event token = event("operation", "default", true);

        assertThat(new EventFilter(Set.of("operation"), "default", false).lets(token)).isFalse();
        assertThat(new EventFilter(Set.of("operation"), "default", true).lets(token)).isTrue();
    }

    @Test
    @DisplayName("rest-api 213")
    void an_unknown_type_is_refused_in_words_clients_know() {
        assertThatThrownBy(() -> EventFilter.typesOf("operation,weather", Caller.local()))
                .hasMessage("\"weather\" is not a supported event type");
    }

    @Test
    void no_types_means_all_that_the_caller_may_see() {
        assertThat(EventFilter.typesOf(null, Caller.local())).containsExactlyInAnyOrder("operation", "lifecycle", "logging");
        assertThat(EventFilter.typesOf("", RESTRICTED)).containsExactlyInAnyOrder("operation", "lifecycle");
    }

    private static Event event(String type, String project, boolean adminsOnly) {
        return new Event(type, project, Instant.EPOCH, adminsOnly, "{}");
    }
}
