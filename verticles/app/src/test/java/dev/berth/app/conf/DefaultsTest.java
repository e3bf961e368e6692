package dev.berth.app.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Changing a default or a name is a decision that users notice: this test makes it one. */
class DefaultsTest {
    private static final Path CONF = Path.of("../../conf");
    private static final Path DATA = Path.of("/somewhere");
    private static final String PINNED = """
            data = /somewhere
            listen = 0.0.0.0:8443
            plain = none
            management = 127.0.0.1:8444
            certificate = none
            key = none
            limits.idle = PT1M
            limits.headers = PT10S
            limits.handshake = PT8S
            limits.stall = PT1M
            limits.header-bytes = 65536
            limits.header-count = 128
            limits.body-grace = PT20S
            limits.body-bytes-per-second = 1024
            limits.connections = 0
            limits.connections-per-address = 0
            limits.drain = PT30S
            limits.anonymous-requests-per-second = 0
            limits.anonymous-burst = 100
            access.private = []
            streams.window-bytes = 2097152
            streams.total-bytes = 8388608
            streams.silence = PT1M
            store.min-free-bytes = 67108864
            store.staging-limit-bytes = 1099511627776
            store.past-cache-after = 67108864
            store.delete-grace = PT5S
            store.orphan-grace = PT1H
            store.lease-limit = PT24H
            trust.secret-grace = PT5S
            trust.expired-kept = PT24H
            trust.sweep-every = PT10S
            trust.tokens = 10000
            operations.retention = PT2M
            operations.ended-kept = 10000
            operations.progress-every = PT0.5S
            operations.waits = 10000
            fetch.allow-private-addresses = []
            fetch.trusted-certificates = []
            fetch.direct-hosts = []
            fetch.proxy =\s
            fetch.user-agent =\s
            fetch.index-bytes = 67108864
            fetch.index-fresh = PT1H
            fetch.requests-per-upstream = 32
            fetch.waiting-per-upstream = 10000
            fetch.bytes-per-second = 0
            fetch.connect = PT10S
            fetch.response = PT30S
            fetch.stall = PT30S
            fetch.tries = 5
            fetch.patience = PT1M
            intake.inspectors = 2
            intake.sender-patience = PT1S
            intake.metadata-bytes = 1048576
            intake.extended-header-bytes = 1048576
            intake.entries = 5000000
            intake.decoder-memory-bytes = 83886080
            intake.zstd-window-log = 27
            intake.free-expansion-bytes = 67108864
            intake.expansion-ratio = 250
            intake.expanded-bytes = 274877906944
            expire.sweep-every = PT1H
            expire.start-after = PT5M
            expire.look-every = PT1M
            expire.confirm-after = PT10S
            expire.calm = PT1H
            expire.removals-per-round = 100
            expire.low-water-bytes = 1073741824
            expire.cache-limit-bytes = 0
            refresh.look-every = PT1M
            refresh.start-after = PT10S
            refresh.start-quiet = PT10M
            refresh.jitter-percent = 10
            refresh.checks = 64
            refresh.checks-per-server = 32
            refresh.transfers = 4
            refresh.transfers-per-server = 2
            download.convert = true
            download.conversions = 2
            download.preset = 1
            download.cache-bytes = 10737418240
            download.min-free-bytes = 1073741824
            upstreams = none
            """;

    @Test
    void every_name_and_default_is_pinned() throws Exception {
        Settings settings = new Settings();
        BerthConf.of(settings, DATA);

        assertThat(settings.asked().entrySet().stream().map(each -> each.getKey() + " = " + each.getValue()))
                .containsExactlyElementsOf(PINNED.lines().toList());
    }

    @Test
    void the_example_shows_every_key_with_its_default_and_a_sentence() throws Exception {
        Settings settings = new Settings().file(CONF.resolve("berth.yaml"));
        Settings nothing = new Settings();

        assertThat(BerthConf.of(settings, DATA)).isEqualTo(BerthConf.of(nothing, DATA));
        assertThat(keysWithSentence(CONF.resolve("berth.yaml"))).containsExactlyElementsOf(nothing.asked().keySet());
    }

    @Test
    void every_example_file_loads() throws Exception {
        try (Stream<Path> files = Files.list(CONF)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                assertThat(BerthConf.of(new Settings().file(file), DATA)).as(file.toString()).isNotNull();
            }
        }
    }

    /** Keys whose line follows a comment line. */
    private static List<String> keysWithSentence(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> keys = new ArrayList<>();
        String section = "";
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean isKey = line.matches(" *[a-z-]+:.*") && lines.get(i - 1).strip().startsWith("#");
            boolean opens = isKey && !line.startsWith(" ") && line.endsWith(":") && i + 1 < lines.size() && lines.get(i + 1).startsWith("  ");
            String key = line.strip().replaceFirst(":.*", "");
            if (opens) {
                section = key + ".";
            } else if (isKey) {
                keys.add((line.startsWith(" ") ? section : "") + key);
            }
        }
        return keys;
    }
}
