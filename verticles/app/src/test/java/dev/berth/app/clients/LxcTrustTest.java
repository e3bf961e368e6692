package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How {@code lxc} becomes trusted and stops being so. */
@ParameterizedClass
@EnumSource(Road.class)
class LxcTrustTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static BerthWithLxc whole;

    @Parameter
    Road road;

    @BeforeAll
    static void start() throws Exception {
        whole = BerthWithLxc.in(folder);
    }

    @Test
    @DisplayName("rest-api 26, 205")
    void a_trust_token_is_listed_until_it_is_revoked() {
        String name = "unused-" + road;
        lxc().good("config", "trust", "add", "--name", name);
        assertThat(lxc().rows("config", "trust", "list-tokens", at(""))).extracting(row -> row.get(0)).contains(name);

        lxc().good("config", "trust", "revoke-token", at(name));

        assertThat(lxc().rows("config", "trust", "list-tokens", at(""))).extracting(row -> row.get(0)).doesNotContain(name);
    }

    @Test
    @DisplayName("rest-api 27, 29, 32")
    void a_token_is_good_for_one_client_only() throws Exception {
        String[] lines = whole.berth().cli("token", "once").split("\n");
        String token = lines[lines.length - 1];

        newcomer("first").good("remote", "add", "b", token);

        assertThat(newcomer("second").refused("remote", "add", "b", token))
                .contains("No matching certificate add operation found");
    }

    @Test
    @DisplayName("rest-api 34-36")
    void a_client_whose_certificate_is_removed_is_a_stranger_at_once() throws Exception {
        LxcClient guest = LxcClient.overTls(whole.made("guest-" + road), whole.berth());
        String fingerprint = guest.certificateFingerprint();
        assertThat(guest.good("image", "alias", "list", "b:")).contains("ALIAS");
        assertThat(lxc().good("config", "trust", "list", at(""))).contains(fingerprint.substring(0, 12));
        assertThat(lxc().good("config", "trust", "show", at(fingerprint.substring(0, 12))))
                .contains("name: b-client", "type: client", "restricted: false", "projects: []");

        lxc().good("config", "trust", "remove", at(fingerprint));

        assertThat(guest.refused("image", "alias", "list", "b:")).contains("not authorized");
        assertThat(guest.rows("image", "list", "b:")).isEmpty();
    }

    @Test
    @DisplayName("rest-api 23, 24")
    void the_trust_password_opens_the_door_and_a_wrong_one_does_not() throws Exception {
        lxc().good("config", "set", at(""), "core.trust_password", "open sesame");
        lxc().good("config", "set", at(""), "user.unrelated", "x");
        String address = whole.berth().https().toString();

        assertThat(newcomer("guessing").refused("remote", "add", "b", address, "--accept-certificate", "--password", "wrong"))
                .contains("not authorized");
        LxcClient knowing = newcomer("knowing");
        knowing.good("remote", "add", "b", address, "--accept-certificate", "--password", "open sesame");
        assertThat(knowing.good("config", "show", "b:")).contains("user.unrelated: x").doesNotContain("sesame");

        lxc().good("config", "unset", at(""), "core.trust_password");
        assertThat(newcomer("late").refused("remote", "add", "b", address, "--accept-certificate", "--password", "open sesame"))
                .contains("not authorized");
    }

    @Test
    @DisplayName("rest-api 31, 37")
    void a_restricted_client_sees_its_projects_only() throws Exception {
        String project = "only-" + road.name().toLowerCase(Locale.ROOT);
        lxc().good("project", "create", at(project));
        LxcClient guest = newcomer("restricted");
        String[] lines = whole.berth().cli("token", "guest", "--restricted", "--project", project).split("\n");

        guest.good("remote", "add", "b", lines[lines.length - 1]);

        assertThat(guest.rows("project", "list", "b:")).hasSize(1).first().asString().contains(project);
        assertThat(guest.rows("image", "list", "b:")).isEmpty();
        assertThat(guest.refused("image", "alias", "list", "b:", "--project", "default")).containsIgnoringCase("restricted");
        assertThat(guest.refused("config", "set", "b:", "user.x", "y")).contains("Certificate is restricted");
    }

    /** A client that knows nothing of Berth yet. */
    private LxcClient newcomer(String name) throws IOException {
        return LxcClient.overSocket(whole.made(name + "-" + road), whole.at("nothing"));
    }

    private LxcClient lxc() {
        return whole.lxc(road);
    }

    private String at(String name) {
        return lxc().at(name);
    }
}
