package dev.berth.app.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.fetch.SourceRules;
import dev.berth.mirror.Exposure;
import dev.berth.mirror.UpstreamConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Path DATA = Path.of("/somewhere");

    @TempDir
    Path folder;

    @Test
    void an_unknown_key_stops_the_start_with_file_line_and_keys_near_it() throws IOException {
        Path file = written("listen: 127.0.0.1:1\nlimits:\n  idel: 3s\n");

        assertThatThrownBy(() -> BerthConf.of(new Settings().file(file), DATA))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining(file + ":3: limits.idel: expected a known key")
                .hasMessageContaining("limits.idle");
    }

    @Test
    void a_bad_value_stops_the_start_with_file_line_key_and_what_was_expected() throws IOException {
        Path file = written("listen: 127.0.0.1:1\n\nlimits:\n  idle: soon\n  header-count: many\n");

        assertThatThrownBy(() -> BerthConf.of(new Settings().file(file), DATA))
                .hasMessageContaining(file + ":4: limits.idle: expected a time like 500ms, 10s, 5m, 2h or 3d, got \"soon\"")
                .hasMessageContaining(file + ":5: limits.header-count: expected a whole number, got \"many\"");
    }

    @Test
    void a_value_that_its_feature_refuses_is_reported_with_its_line() throws IOException {
        Path file = written("operations:\n  retention: 5s\n");

        assertThatThrownBy(() -> BerthConf.of(new Settings().file(file), DATA))
                .hasMessageContaining(file + ":2: operations.retention: expected at least 60 seconds");
    }

    @Test
    void an_address_that_could_be_written_in_two_ways_is_no_private_one() throws IOException {
        Path file = written("access:\n  private: [/streams, mirror/x]\n");

        assertThatThrownBy(() -> BerthConf.of(new Settings().file(file), DATA))
                .hasMessageContaining(file + ":2: access.private: expected the beginning of an address")
                .hasMessageContaining("got \"mirror/x\"");
    }

    @Test
    void a_mapping_where_a_value_belongs_and_a_doubled_key_are_refused() throws IOException {
        assertThatThrownBy(() -> BerthConf.of(new Settings().file(written("listen:\n  host: a\n")), DATA))
                .hasMessageContaining(":2: listen.host: expected a known key");
        assertThatThrownBy(() -> BerthConf.of(new Settings().file(written("plain: off\nplain: off\n")), DATA))
                .hasMessageContaining(":2: plain: expected each key once");
    }

    @Test
    void what_is_no_yaml_is_refused_with_its_line() throws IOException {
        assertThatThrownBy(() -> new Settings().file(written("listen: [1\n")))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("berth.yaml:2: expected YAML");
        assertThatThrownBy(() -> new Settings().file(written("just text\n"))).hasMessageContaining(":1: expected keys");
        assertThatThrownBy(() -> new Settings().file(folder.resolve("none.yaml")))
                .hasMessageContaining("none.yaml: expected a file");
    }

    @Test
    void an_empty_file_means_the_defaults() throws Exception {
        assertThat(BerthConf.of(new Settings().file(written("# nothing\n")), DATA))
                .isEqualTo(BerthConf.of(new Settings(), DATA));
    }

    @Test
    void an_empty_path_means_the_default_and_never_the_current_directory() throws Exception {
        Settings settings = new Settings()
                .file(written("data: \"\"\ncertificate: \"\"\n"))
                .environment(Map.of("BERTH_DATA", "", "BERTH_KEY", " "));

        assertThat(BerthConf.of(settings, DATA)).isEqualTo(BerthConf.of(new Settings(), DATA));
        assertThat(BerthConf.of(new Settings().flag("data", "--data", ""), DATA).data()).isEqualTo(DATA);
    }

    @Test
    void a_service_without_its_listener_is_refused() throws IOException {
        Path file = written("plain: off\nlisten: off\n");

        assertThatThrownBy(() -> BerthConf.of(new Settings().file(file), DATA))
                .hasMessage(file + ":2: listen: expected HOST:PORT, got \"off\"");
    }

    @Test
    void a_size_that_is_too_large_is_refused_and_not_made_smaller() throws IOException {
        Path file = written("streams:\n  total-bytes: 5GiB\n");

        assertThatThrownBy(() -> BerthConf.of(new Settings().file(file), DATA))
                .hasMessage(file + ":2: streams.total-bytes: expected a size below 2GiB, got \"5GiB\"");
    }

    @Test
    void the_environment_weighs_more_than_the_file_and_a_flag_more_than_both() throws Exception {
        Path file = written("limits: {idle: 1s, headers: 1s}\nlisten: 127.0.0.1:1\n");
        Settings settings = new Settings()
                .file(file)
                .environment(Map.of("BERTH_LIMITS_IDLE", "2s", "BERTH_LISTEN", "127.0.0.1:2"))
                .flag("listen", "--listen", "127.0.0.1:3");

        BerthConf conf = BerthConf.of(settings, DATA);

        assertThat(conf.serve().limits().idle()).isEqualTo(Duration.ofSeconds(2));
        assertThat(conf.serve().limits().headers()).isEqualTo(Duration.ofSeconds(1));
        assertThat(conf.serve().listen().port()).isEqualTo(3);
    }

    @Test
    void a_mistyped_variable_stops_the_start_but_not_what_others_set_for_us() throws Exception {
        Settings mistyped = new Settings().environment(Map.of("BERTH_LISTNE", "x"));
        Settings others = new Settings()
                .environment(Map.of("BERTH_SERVICE_HOST", "10.0.0.1", "BERTH_PORT", "tcp://10.0.0.1:8443",
                        "BERTH_JAVA_OPTS", "-Xmx1g", "PATH", "/bin"));

        assertThatThrownBy(() -> BerthConf.of(mistyped, DATA)).hasMessageContaining("BERTH_LISTNE: expected the name");
        assertThat(BerthConf.of(others, DATA)).isEqualTo(BerthConf.of(new Settings(), DATA));
    }

    @Test
    void a_flag_that_does_not_fit_is_named_as_it_was_typed() {
        Settings settings = new Settings().flag("listen", "--listen", "8443");

        assertThatThrownBy(() -> BerthConf.of(settings, DATA)).hasMessageContaining("--listen: listen: expected HOST:PORT");
    }

    @Test
    void each_upstream_is_an_entry_of_its_own() throws Exception {
        Settings settings = new Settings()
                .file(written("upstreams:\n  u1:\n    url: https://a\n    filter: [os=debian, serial=newest]\n"
                        + "    expose: [streams, rest]\n  u-2:\n    url: https://b\n    protocol: lxd\n"))
                .environment(Map.of("BERTH_UPSTREAMS_U_2_URL", "https://c:8443/x", "BERTH_UPSTREAMS_U1_BUDGET", "2MiB"));

        List<UpstreamConf> upstreams = BerthConf.of(settings, DATA).mirror().upstreams();

        assertThat(upstreams).extracting(UpstreamConf::name).containsExactly("u1", "u-2");
        assertThat(upstreams.get(0).expose()).containsExactlyInAnyOrder(Exposure.STREAMS, Exposure.REST);
        assertThat(upstreams.get(0).budget()).isEqualTo(2 << 20);
        assertThat(upstreams.get(1).url()).isEqualTo("https://c:8443/x");
        assertThat(upstreams.get(1)).isEqualTo(UpstreamConf.of("u-2", "lxd", "https://c:8443/x"));
    }

    @Test
    void who_must_sign_is_known_by_server_whatever_the_entry_is_called() throws Exception {
        Settings settings = new Settings().file(written("upstreams:\n  a:\n    url: https://A.example:443/x/\n"
                + "    signed-by: /keys/a.gpg\n  b:\n    url: https://b.example\n"));

        Map<String, SourceRules> sources = BerthConf.of(settings, DATA).fetch().sources();

        assertThat(sources).isEqualTo(Map.of("https://a.example/x", new SourceRules(Path.of("/keys/a.gpg"))));
        Path two = written("upstreams:\n  a:\n    url: https://a.example/x\n    signed-by: /keys/a.gpg\n"
                + "  b:\n    url: https://a.example/x/\n    signed-by: /keys/b.gpg\n");
        assertThatThrownBy(() -> BerthConf.of(new Settings().file(two), DATA))
                .hasMessageContaining(two + ":7: upstreams.b.signed-by: expected /keys/a.gpg, as another entry says");
    }

    @Test
    void what_does_not_fit_in_an_upstream_stops_the_start_with_its_line() throws IOException {
        Path file = written("upstreams:\n  a:\n    url: http://x\n  b:\n    url: https://b\n    filter: [noble]\n"
                + "  c:\n    protocol: lxd\n  d:\n    url: https://d\n    colour: red\n  E:\n    url: https://e\n");

        assertThatThrownBy(() -> BerthConf.of(new Settings().file(file), DATA))
                .hasMessageContaining(file + ":3: upstreams.a.url: expected https://HOST")
                .hasMessageContaining(file + ":6: upstreams.b.filter: expected tests KEY=VALUE")
                .hasMessageContaining("upstreams.c.url: expected https://HOST[:PORT][/PATH], got \"\"")
                .hasMessageContaining(file + ":11: upstreams.d.colour: expected a known key")
                .hasMessageContaining("upstreams.E: expected a name");
        assertThatThrownBy(() -> BerthConf.of(new Settings().file(written("upstreams: all\n")), DATA))
                .hasMessageContaining(":1: upstreams: expected names");
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("berth.yaml"), text);
    }
}
