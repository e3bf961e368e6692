package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.image.Caller;
import dev.berth.testkit.RealTool;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The handshake and who comes out of it, with both TLS engines. */
@ParameterizedClass(name = "Java''s own TLS: {0}")
@ValueSource(booleans = {true, false})
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsTest {
    /** Long enough for the first handshake of a busy machine. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(3);

    private final boolean ownTls;

    @TempDir
    Path data;

    private RunningEdge edge;
    private volatile Optional<X509Certificate> presented;

    TlsTest(boolean ownTls) {
        this.ownTls = ownTls;
    }

    @BeforeEach
    void start() throws Exception {
        RealTool.need(ownTls || OpenSSLEngineOptions.isAvailable(), "native TLS does not load here");
        System.setProperty(Tls.FORCE_JDK, String.valueOf(ownTls));
        edge = RunningEdge.with(data, this::quick, new TestFace((router, tools) -> router.get("/who").handler(ctx -> {
            presented = Callers.certificate(ctx);
            Caller caller = Callers.of(ctx);
            ctx.end(caller.standing() + " " + caller.username() + " " + caller.protocol());
        })));
    }

    private ServeConf quick(ServeConf conf) {
        EdgeLimits usual = EdgeLimits.DEFAULT;
        return conf.withLimits(new EdgeLimits(
                usual.idle(), usual.headers(), HANDSHAKE, usual.stall(), usual.headerBytes(),
                usual.headerCount(), usual.bodyGrace(), usual.bodyBytesPerSecond(), 0, 0, Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() throws Exception {
        System.clearProperty(Tls.FORCE_JDK);
        if (edge != null) {
            edge.close();
        }
    }

    @Test
    @DisplayName("rest-api 19, 0.3")
    void a_client_of_tls_1_3_only_is_asked_for_a_certificate_with_an_empty_list_of_authorities() throws Exception {
        String said = Tool.run("openssl", "s_client", "-tls1_3", "-alpn", "http/1.1", "-connect", "127.0.0.1:" + edge.port());

        assertThat(said)
                .contains("New, TLSv1.3")
                .contains("ALPN protocol: http/1.1")
                .contains("Requested Signature Algorithms")
                .contains("No client certificate CA names sent")
                .doesNotContain("Acceptable client certificate CA names");
    }

    @Test
    void tls_1_2_works_with_authenticated_ciphers_only() throws Exception {
        String target = "127.0.0.1:" + edge.port();

        assertThat(Tool.run("openssl", "s_client", "-tls1_2", "-connect", target)).contains("New, TLSv1.2", "GCM");
        assertThat(Tool.run("openssl", "s_client", "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA", "-connect", target))
                .contains("Cipher is (NONE)");
        assertThat(Tool.run("openssl", "s_client", "-tls1_1", "-cipher", "ALL@SECLEVEL=0", "-connect", target))
                .contains("Cipher is (NONE)");
    }

    @Test
    void h2_is_there_for_those_who_ask() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(Client.tls(null)).build();

        var got = Client.send(client, edge, "GET", "/who");

        assertThat(got.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(Client.text(got)).startsWith("STRANGER");
    }

    @Test
    @DisplayName("rest-api 20")
    void a_certificate_never_seen_before_completes_the_handshake_and_belongs_to_a_stranger() throws Exception {
        SelfSignedCertificate own = TestCertificates.client();

        String who = ask(Client.http(Client.tls(own)));

        assertThat(who).startsWith("STRANGER");
        assertThat(presented).contains(own.certificate());
    }

    @Test
    void without_a_certificate_nobody_is_asked_who_it_is() throws Exception {
        assertThat(ask(Client.http())).startsWith("STRANGER");
        assertThat(edge.identified).hasValue(0);
        assertThat(presented).isEmpty();
    }

    @Test
    void a_trusted_certificate_is_known_and_no_longer_once_it_is_removed_even_on_the_same_connection() throws Exception {
        SelfSignedCertificate own = TestCertificates.client();
        String fingerprint = Fingerprints.of(own.certificate());
        edge.trusted.add(fingerprint);
        HttpClient client = Client.http(Client.tls(own));

        assertThat(ask(client)).isEqualTo("ADMIN " + fingerprint + " tls");
        edge.trusted.remove(fingerprint);
        assertThat(ask(client)).startsWith("STRANGER");
    }

    @Test
    @DisplayName("rest-api 21, 0.4")
    void a_trusted_certificate_out_of_its_time_belongs_to_a_stranger() throws Exception {
        for (SelfSignedCertificate own : List.of(TestCertificates.expired(), TestCertificates.notYetValid())) {
            edge.trusted.add(Fingerprints.of(own.certificate()));

            assertThat(ask(Client.http(Client.tls(own)))).startsWith("STRANGER");
            assertThat(presented).contains(own.certificate());
        }
        assertThat(edge.identified).hasValue(0);
    }

    @Test
    void somebody_elses_certificate_shown_behind_ones_own_proves_nothing() throws Exception {
        SelfSignedCertificate own = TestCertificates.client();
        SelfSignedCertificate trusted = TestCertificates.client();
        edge.trusted.add(Fingerprints.of(trusted.certificate()));

        String who = ask(Client.http(Client.tls(own, trusted.certificate())));

        assertThat(who).startsWith("STRANGER");
        assertThat(presented).contains(own.certificate());
    }

    @Test
    void what_stands_behind_a_trusted_certificate_changes_nothing() throws Exception {
        SelfSignedCertificate trusted = TestCertificates.client();
        edge.trusted.add(Fingerprints.of(trusted.certificate()));

        String who = ask(Client.http(Client.tls(trusted, TestCertificates.expired().certificate())));

        assertThat(who).isEqualTo("ADMIN " + Fingerprints.of(trusted.certificate()) + " tls");
    }

    @Test
    void the_leaf_of_the_handshake_is_the_one_the_identity_tells() throws Exception {
        try (SSLSocket socket = Client.socket(edge)) {
            X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(Fingerprints.of(leaf)).isEqualTo(edge.identity.certificateFingerprint());
        }
    }

    @Test
    void plain_http_on_this_port_ends_at_once() throws Exception {
        plain();
        long start = System.nanoTime();

        String answer = plain();

        assertThat(answer).endsWith("|closed");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    @DisplayName("S25")
    void a_handshake_that_never_begins_is_given_up() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", edge.port())) {
            socket.setSoTimeout(10_000);
            assertThat(Client.read(socket)).isEqualTo("|closed");
        }
    }

    @Test
    void who_comes_and_goes_without_a_word_is_not_counted() throws Exception {
        for (int i = 0; i < 20; i++) {
            new Socket("127.0.0.1", edge.port()).close();
        }
        assertThat(ask(Client.http())).startsWith("STRANGER");
        assertThat(edge.registry.scrape()).doesNotContain("berth_http_refused");
    }

    @Test
    void a_client_that_speaks_only_old_tls_is_refused() throws Exception {
        try (SSLSocket socket = (SSLSocket) Client.tls(null).getSocketFactory().createSocket("127.0.0.1", edge.port())) {
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    private String plain() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", edge.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
            return Client.read(socket);
        }
    }

    private String ask(HttpClient client) throws Exception {
        return Client.text(Client.send(client, edge, "GET", "/who"));
    }
}
