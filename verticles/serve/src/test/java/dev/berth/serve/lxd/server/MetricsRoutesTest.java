package dev.berth.serve.lxd.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.Caller;
import dev.berth.serve.lxd.Heard;
import java.io.ByteArrayInputStream;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class MetricsRoutesTest {
    private static final String PATH = "/1.0/metrics";

    private final ServerHalf server = new ServerHalf();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("rest-api 225")
    void a_report_is_whole() {
        server.face.registry().counter("berth.things").increment();

        Heard heard = server.face.admin().get(PATH);

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.text()).contains("berth_things_total 1.0").endsWith("# EOF\n");
        assertThat(heard.header("Content-Type")).contains("openmetrics-text");
    }

    @Test
    @DisplayName("rest-api 7 (section)")
    void a_metrics_certificate_reads_metrics_and_nothing_else() {
        Caller scraper = new Caller(Caller.Standing.METRICS, "ef".repeat(32), "tls", "127.0.0.1:1", Set.of());

        assertThat(server.face.visitor(scraper).get(PATH).status()).isEqualTo(200);
        assertThat(server.face.visitor(scraper).get("/1.0/projects").status()).isEqualTo(403);
        assertThat(server.face.visitor(scraper).get("/1.0").metadata().get("auth").asText()).isEqualTo("untrusted");
        assertThat(server.face.restrictedTo("dev").get(PATH).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("rest-api 7 (section)")
    void a_report_is_compressed_for_those_who_ask() throws Exception {
        for (int i = 0; i < 100; i++) {
            server.face.registry().counter("berth.things.number." + i).increment();
        }

        Heard heard = server.face.admin().get(PATH, "Accept-Encoding", "gzip");

        assertThat(heard.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(heard.header("Content-Type")).contains("openmetrics-text");
        assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(heard.body())).readAllBytes(), UTF_8))
                .contains("berth_things_number_99_total 1.0").endsWith("# EOF\n");
    }

    @Test
    @DisplayName("rest-api 2.5")
    void a_setting_opens_the_metrics_to_everybody() {
        assertThat(server.face.stranger().get(PATH).status()).isEqualTo(403);

        server.settings.values.put("core.metrics_authentication", "false");

        assertThat(server.face.stranger().get(PATH).status()).isEqualTo(200);
    }
}
