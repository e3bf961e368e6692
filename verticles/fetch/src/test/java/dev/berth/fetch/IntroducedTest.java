package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused.Reason;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Asked;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeLxd;
import dev.berth.testkit.upstream.FakeUpstream;
import dev.berth.testkit.upstream.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who learns our certificate, and what it opens. */
class IntroducedTest {
    private static final byte[] TARBALL = ImageFixtures.unified(Packing.GZIP);

    @TempDir Path folder;
    private FetchWorld world;
    private FakeLxd lxd;
    private String fingerprint;

    @BeforeEach
    void start() {
        world = new FetchWorld(folder).deployed();
        lxd = world.upstream.lxd();
        fingerprint = lxd.add(TARBALL);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void a_server_that_trusts_our_certificate_gives_a_private_image() {
        lxd.admit(fingerprint, world.own.fingerprint());

        assertThat(world.fetch(ourselves("lxd", ""), fingerprint)).extracting(Arrived::bytes).containsExactly(TARBALL);
        assertThat(world.fetch(pinned(), fingerprint)).extracting(Arrived::bytes).containsExactly(TARBALL);
        assertThat(world.upstream.asked()).extracting(Asked::client).containsOnly(world.own.fingerprint());
    }

    @Test
    void who_does_not_speak_for_us_is_shown_what_everybody_is() {
        lxd.admit(fingerprint, world.own.fingerprint());
        Offer offer = Expect.yes(world.resolve(ourselves("lxd", ""), fingerprint));
        int before = world.upstream.asked().size();

        assertThat(Expect.no(world.resolve(world.source("lxd"), fingerprint)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(Expect.no(world.open(world.source("lxd"), offer)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(world.upstream.asked().stream().skip(before)).extracting(Asked::client).isNotEmpty().containsOnly("");
    }

    @Test
    void a_server_that_trusts_another_certificate_gives_it_to_them_only() {
        lxd.admit(fingerprint, TestCertificate.loopback().fingerprint());

        assertThat(Expect.no(world.resolve(ourselves("incus", ""), fingerprint)).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void servers_of_other_kinds_do_not_learn_who_we_are_even_at_the_same_address() {
        world.resolve(ourselves("lxd", ""), fingerprint);
        world.upstream.streams().add("alpine/3.20", "20260821", TARBALL, TARBALL);
        world.upstream.streams().publish();
        world.upstream.direct("/image", TARBALL);
        int before = world.upstream.asked().size();

        world.resolve(ourselves("simplestreams", ""), "alpine/3.20");
        world.resolve(new Source(world.upstream.url() + "/image", "direct", "", "", "", true), "");

        assertThat(world.upstream.asked().stream().skip(before)).extracting(Asked::client).isNotEmpty().containsOnly("");
    }

    @Test
    void a_redirect_to_another_server_is_followed_by_a_stranger() {
        try (FakeUpstream other = FakeUpstream.start(world.vertx, world.upstream.certificate())) {
            other.lxd().add(TARBALL);
            String info = FakeLxd.infoPath(fingerprint);
            world.upstream.misbehave(info, Behaviours.redirect(other.url() + info));

            assertThat(Expect.yes(world.resolve(ourselves("lxd", ""), fingerprint)).fingerprint().hex()).isEqualTo(fingerprint);
            assertThat(world.upstream.asked()).extracting(Asked::client).containsOnly(world.own.fingerprint());
            assertThat(other.asked()).extracting(Asked::client).isNotEmpty().containsOnly("");
        }
    }

    private Source pinned() {
        return ourselves("lxd", world.upstream.certificate().certificate());
    }

    private Source ourselves(String protocol, String pin) {
        return new Source(world.upstream.url(), protocol, pin, "", "", true);
    }
}
