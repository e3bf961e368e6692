package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeUpstream;
import dev.berth.testkit.upstream.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where fetching does not go, and whom it does not believe (reliability T4, S04 to S07, S31). */
class ForbiddenUpstreamTest {
    private static final byte[] TARBALL = ImageFixtures.unified(Packing.GZIP);

    @TempDir Path folder;
    private FetchWorld world;

    @BeforeEach
    void start() {
        world = new FetchWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    @DisplayName("S04: refused before the first packet, S07: in the same words")
    void addresses_inside_are_refused_without_a_connection() {
        world.deployed(world.conf(FetchWorld.QUICK, List.of()));
        int port = world.upstream.port();

        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0.0.0.0", "0")) {
            Refused refused = Expect.no(resolve("https://" + host + ":" + port));
            assertThat(refused.text()).as(host).containsAnyOf("is off limits: expected one on the public Internet", "expected https://HOST");
        }
        Refused open = Expect.no(resolve("https://127.0.0.1:" + port));
        Refused closed = Expect.no(resolve("https://127.0.0.1:1"));
        assertThat(open.reason()).isEqualTo(closed.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(open.text().replace(":" + port, ":1")).isEqualTo(closed.text());
        assertThat(world.upstream.connections()).isZero();
    }

    @Test
    @DisplayName("S05: a redirect is checked as the first step was")
    void a_redirect_inside_or_to_plain_http_is_refused() {
        world.deployed();
        int port = world.upstream.port();
        world.upstream.misbehave("/1.0/images/aliases/a", Behaviours.redirect("https://[::1]:" + port + "/x"));
        world.upstream.misbehave("/1.0/images/aliases/b", Behaviours.redirect("https://169.254.169.254/latest"));
        world.upstream.misbehave("/1.0/images/aliases/c", Behaviours.redirect("http://127.0.0.1/x"));

        assertThat(Expect.no(world.resolve(world.source("lxd"), "a")).text()).contains("[::1]:" + port + " is off limits");
        assertThat(Expect.no(world.resolve(world.source("lxd"), "b")).text()).contains("169.254.169.254:443 is off limits");
        assertThat(Expect.no(world.resolve(world.source("lxd"), "c")).text()).contains("redirects outside", "Only https://");
    }

    @Test
    void only_https_is_spoken() {
        world.deployed();

        assertThat(Expect.no(resolve("http://127.0.0.1:" + world.upstream.port())).text()).contains("Only https://");
        assertThat(Expect.no(resolve("file:///etc/passwd")).text()).contains("Only https://");
    }

    @Test
    void a_pinned_certificate_needs_no_authority_and_no_name() {
        TestCertificate elsewhere = TestCertificate.elsewhere();
        world.deployed();
        try (FakeUpstream pinned = FakeUpstream.start(world.vertx, elsewhere)) {
            String fingerprint = pinned.lxd().add(TARBALL);
            Source source = new Source(pinned.url(), "lxd", elsewhere.certificate(), "", "");

            assertThat(world.fetch(source, fingerprint)).allMatch(Arrived::isComplete);
        }
    }

    @Test
    @DisplayName("S31: the certificate changed")
    void a_server_with_another_certificate_than_the_pinned_is_refused() {
        world.deployed();
        String old = world.upstream.certificate().certificate();
        world.upstream.goAway().comeBack(TestCertificate.loopback());

        Refused refused = Expect.no(world.resolve(new Source(world.upstream.url(), "lxd", old, "", ""), "any"));
        assertThat(refused.text()).contains("the server's certificate changed: expected the one with fingerprint", "Unable to connect to");
    }

    @Test
    @DisplayName("S31: expired, also when it is pinned")
    void an_expired_certificate_is_refused() {
        TestCertificate expired = TestCertificate.expired();
        world.deployed();
        try (FakeUpstream old = FakeUpstream.start(world.vertx, expired)) {
            assertThat(Expect.no(world.resolve(new Source(old.url(), "lxd", expired.certificate(), "", ""), "any")).text())
                    .contains("certificate has expired");
        }
    }

    @Test
    @DisplayName("S31: wrong name or unknown authority")
    void a_certificate_nobody_vouches_for_is_refused() {
        world.deployed();
        try (FakeUpstream stranger = FakeUpstream.start(world.vertx, TestCertificate.loopback())) {
            assertThat(Expect.no(resolve(stranger.url())).text()).contains("certificate is not trusted");
        }
        assertThat(Expect.no(resolve(world.upstream.url() + "/x")).text()).contains("Image not found");
    }

    @Test
    void a_pin_that_is_no_certificate_is_refused() {
        world.deployed();

        assertThat(Expect.no(world.resolve(new Source(world.upstream.url(), "lxd", "nonsense", "", ""), "any")).text())
                .contains("source.certificate: expected a certificate in PEM form");
    }

    private Answer<Offer> resolve(String server) {
        return world.resolve(new Source(server, "lxd", "", "", ""), "any");
    }
}
