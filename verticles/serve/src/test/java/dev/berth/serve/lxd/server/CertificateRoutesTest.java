package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.EditCertificate;
import dev.berth.image.Caller;
import dev.berth.serve.TestCertificate;
import dev.berth.serve.lxd.Heard;
import dev.berth.serve.lxd.Visitor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class CertificateRoutesTest {
    private static final String PATH = "/1.0/certificates";

    private final ServerHalf server = new ServerHalf();
    private final TestCertificate alice = TestCertificate.named("alice");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("rest-api 22")
    void a_stranger_without_proof_is_refused() {
        Heard heard = stranger().post(PATH, Map.of("type", "client"));

        assertThat(heard.status()).isEqualTo(403);
        assertThat(heard.error()).isEqualTo("not authorized");
        assertThat(stranger().ask("POST", PATH, null).status()).isEqualTo(403);
        assertThat(server.trust.certificates).isEmpty();
    }

    @Test
    @DisplayName("rest-api 23")
    void the_trust_password_makes_the_certificate_of_the_connection_trusted() {
        server.settings.trustPassword("sesame");

        Heard heard = stranger().post(PATH, Map.of("type", "client", "password", "sesame"));

        assertThat(heard.status()).isEqualTo(201);
        assertThat(heard.header("Location")).isEqualTo(PATH + "/" + alice.fingerprint());
        assertThat(heard.json().get("status").asText()).isEqualTo("Success");
        assertThat(server.trust.certificates.get(alice.fingerprint()).name()).isEqualTo("alice");
    }

    @Test
    @DisplayName("rest-api 24")
    void a_wrong_password_and_a_password_where_there_is_none_are_refused_alike() {
        Heard none = stranger().post(PATH, Map.of("password", "sesame"));
        server.settings.trustPassword("sesame");
        Heard wrong = stranger().post(PATH, Map.of("password", "Sesame"));

        assertThat(none.status()).isEqualTo(403);
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.error()).isEqualTo("not authorized").isEqualTo(none.error());
    }

    @Test
    @DisplayName("rest-api 25")
    void the_same_certificate_cannot_be_added_twice() {
        Map<String, Object> body = Map.of("type", "client", "certificate", base64(alice));

        assertThat(server.face.admin().post(PATH, body).status()).isEqualTo(201);
        Heard again = server.face.admin().post(PATH, body);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.error()).isEqualTo("Certificate already in trust store");
    }

    @Test
    @DisplayName("rest-api 26")
    void a_token_is_an_operation_that_holds_all_its_client_needs() {
        Heard heard = server.face.admin().post(PATH, tokenFor("foo"));

        JsonNode operation = heard.metadata();
        assertThat(heard.status()).isEqualTo(202);
        assertThat(heard.json().get("operation").asText()).isEqualTo(heard.header("Location"));
        assertThat(operation.get("class").asText()).isEqualTo("token");
        assertThat(operation.get("status_code").asInt()).isEqualTo(103);
        assertThat(operation.get("may_cancel").asBoolean()).isTrue();
        assertThat(operation.at("/metadata/secret").asText()).matches("[0-9a-f]{64}");
        assertThat(operation.at("/metadata/fingerprint").asText()).isEqualTo(server.face.certificate().fingerprint());
        assertThat(operation.at("/metadata/addresses/0").asText()).isEqualTo("127.0.0.1:" + server.face.port());
        assertThat(operation.at("/metadata/request/name").asText()).isEqualTo("foo");
        assertThat(operation.at("/metadata/request/projects").isArray()).isTrue();
    }

    @Test
    @DisplayName("rest-api 27")
    void a_token_in_the_password_field_is_taken_and_used_up() {
        String secret = granted("foo");

        Heard heard = stranger().post(PATH, Map.of("type", "client", "password", tokenText(secret)));

        assertThat(heard.status()).isEqualTo(201);
        assertThat(server.operations.all.values()).allMatch(operation -> operation.status() == Status.CANCELLED);
    }

    @Test
    @DisplayName("rest-api 28")
    void a_token_in_its_own_field_is_taken_whole_or_bare() {
        Visitor bob = server.face.stranger(TestCertificate.named("bob").certificate());

        assertThat(stranger().post(PATH, Map.of("trust_token", tokenText(granted("a")))).status()).isEqualTo(201);
        assertThat(bob.post(PATH, Map.of("trust_token", granted("b"))).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("rest-api 29")
    void a_token_works_once() {
        String secret = granted("foo");
        stranger().post(PATH, Map.of("trust_token", tokenText(secret)));

        Heard whole = stranger().post(PATH, Map.of("trust_token", tokenText(secret)));
        Heard bare = stranger().post(PATH, Map.of("password", secret));

        assertThat(whole.status()).isEqualTo(403);
        assertThat(whole.error()).isEqualTo("No matching certificate add operation found");
        assertThat(bare.error()).isEqualTo(whole.error());
    }

    @Test
    @DisplayName("rest-api 30 (lifetime passed on; expiry itself is trust's)")
    void a_token_lives_as_long_as_the_setting_says() {
        granted("for-ever");
        assertThat(server.trust.lastGrant.lifetimeSeconds()).isZero();

        server.settings.values.put("core.remote_token_expiry", "3H");
        granted("for-now");
        assertThat(server.trust.lastGrant.lifetimeSeconds()).isEqualTo(3 * 3600);
    }

    @Test
    @DisplayName("rest-api 31")
    void what_the_token_says_wins_over_what_its_user_says() {
        Map<String, Object> limited = Map.of(
                "type", "client", "name", "ci", "token", true, "restricted", true, "projects", List.of("dev"));
        String secret = server.face.admin().post(PATH, limited).metadata().at("/metadata/secret").asText();

        stranger().post(PATH, Map.of("name", "boss", "restricted", false, "trust_token", secret));

        Certificate added = server.trust.certificates.get(alice.fingerprint());
        assertThat(added.name()).isEqualTo("ci");
        assertThat(added.restricted()).isTrue();
        assertThat(added.projects()).containsExactly("dev");
    }

    @Test
    @DisplayName("rest-api 33")
    void a_certificate_may_come_as_base64_with_line_breaks_or_as_pem() {
        TestCertificate bob = TestCertificate.named("bob");
        String broken = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(alice.der()) + "\n";

        assertThat(server.face.admin().post(PATH, Map.of("certificate", broken)).status()).isEqualTo(201);
        assertThat(server.face.admin().post(PATH, Map.of("certificate", bob.pem(), "name", "b")).status()).isEqualTo(201);
        assertThat(server.trust.certificates).containsOnlyKeys(alice.fingerprint(), bob.fingerprint());
    }

    @Test
    void a_stranger_may_have_another_certificate_added_than_that_of_the_connection() {
        server.settings.trustPassword("sesame");
        TestCertificate bob = TestCertificate.named("bob");

        Heard heard = stranger().post(PATH, Map.of("password", "sesame", "certificate", base64(bob)));

        assertThat(heard.header("Location")).endsWith(bob.fingerprint());
    }

    @Test
    @DisplayName("rest-api 2.2: a name is the common name, else the address")
    void a_certificate_without_any_name_is_called_after_its_client() {
        TestCertificate nameless = TestCertificate.of("O=somebody");

        server.face.admin().post(PATH, Map.of("certificate", base64(nameless)));

        assertThat(server.trust.certificates.get(nameless.fingerprint()).name()).isEqualTo("127.0.0.1");
    }

    @Test
    void rubbish_is_refused_before_a_token_is_used_up() {
        String secret = granted("foo");

        Heard heard = stranger().post(PATH, Map.of("trust_token", secret, "certificate", "AAAA"));

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.error()).contains("invalid certificate material");
        assertThat(server.trust.tokens).hasSize(1);
        assertThat(server.face.stranger().post(PATH, Map.of("trust_token", secret)).error())
                .isEqualTo("No client certificate provided");
    }

    @Test
    @DisplayName("rest-api 2.2")
    void who_is_trusted_already_is_told_so() {
        String secret = granted("foo");

        Heard plain = server.face.admin().post(PATH, Map.of("type", "client"));
        Heard withToken = server.face.admin().post(PATH, Map.of("trust_token", tokenText(secret)));

        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.error()).isEqualTo("Client is already trusted");
        assertThat(withToken.status()).isEqualTo(409);
        assertThat(withToken.error()).isEqualTo("Client is already trusted");
        assertThat(server.trust.tokens).as("used up all the same").isEmpty();
    }

    @Test
    @DisplayName("rest-api 2.2, 2.3: 400s")
    void requests_that_contradict_themselves_are_refused() {
        assertThat(refused(Map.of("type", "boat"))).contains("boat");
        assertThat(refused(Map.of("projects", List.of("dev")))).contains("unrestricted");
        assertThat(refused(Map.of("name", "-x"))).contains("-x");
        assertThat(refused(Map.of("token", true, "type", "metrics", "name", "m")))
                .isEqualTo("Tokens can only be issued for client certificates");
        assertThat(refused(Map.of("token", true, "name", "m", "certificate", base64(alice)))).contains("token");
        assertThat(refused(Map.of("token", true))).contains("name");
        assertThat(refused(Map.of("token", "yes"))).contains("token");
    }

    @Test
    @DisplayName("rest-api 34")
    void the_list_is_urls_or_whole_entries() {
        server.face.admin().post(PATH, Map.of("certificate", base64(alice)));

        JsonNode urls = server.face.admin().get(PATH).metadata();
        JsonNode whole = server.face.admin().get(PATH + "?recursion=1").metadata();

        assertThat(urls.get(0).asText()).isEqualTo(PATH + "/" + alice.fingerprint());
        assertThat(whole.get(0).fieldNames()).toIterable()
                .contains("name", "type", "restricted", "projects", "certificate", "fingerprint");
    }

    @Test
    @DisplayName("rest-api 35, 36")
    void an_administrator_finds_and_removes_an_entry_by_prefix() {
        server.face.admin().post(PATH, Map.of("certificate", base64(alice)));
        String path = PATH + "/" + alice.fingerprint().substring(0, 12);

        Heard found = server.face.admin().get(path);
        assertThat(found.metadata().get("fingerprint").asText()).isEqualTo(alice.fingerprint());
        assertThat(found.header("ETag")).startsWith("\"");
        assertThat(server.face.admin().delete(path).status()).isEqualTo(200);
        assertThat(server.face.admin().get(path).status()).isEqualTo(404);
        assertThat(server.face.admin().get(path).error()).isEqualTo("Certificate not found");
    }

    @Test
    void an_edit_needs_the_version_the_client_read() {
        server.face.admin().post(PATH, Map.of("certificate", base64(alice)));
        String path = PATH + "/" + alice.fingerprint();
        Map<String, Object> edit = Map.of("name", "alice2", "type", "client", "restricted", false);

        assertThat(server.face.admin().put(path, edit, "If-Match", "stale").status()).isEqualTo(412);
        String etag = server.face.admin().get(path).header("ETag");
        assertThat(server.face.admin().put(path, edit, "If-Match", etag).status()).isEqualTo(200);
        assertThat(server.trust.lastEdit.name()).isEqualTo("alice2");
        assertThat(server.trust.lastEdit.projects()).isEmpty();
        server.face.admin().patch(path, Map.of("restricted", true));
        assertThat(server.trust.lastEdit.name()).isNull();
        assertThat(server.trust.lastEdit.restricted()).isTrue();
    }

    @Test
    @DisplayName("rest-api 38; 2.6")
    void a_restricted_client_looks_after_its_own_certificate_and_no_other() {
        TestCertificate bob = TestCertificate.named("bob");
        server.face.admin().post(PATH, Map.of("certificate", base64(bob)));
        Visitor limited = restrictedAlice();
        String own = PATH + "/" + alice.fingerprint();

        assertThat(limited.get(PATH).metadata()).hasSize(1);
        assertThat(limited.get(PATH + "/" + bob.fingerprint()).status()).isEqualTo(404);
        assertThat(limited.delete(PATH + "/" + bob.fingerprint()).status()).isEqualTo(404);
        assertThat(limited.post(PATH, Map.of("certificate", base64(bob))).status()).isEqualTo(403);
        assertThat(limited.post(PATH, tokenFor("x")).status()).isEqualTo(403);
        Heard widened = limited.patch(own, Map.of("projects", List.of("dev", "prod")));
        assertThat(widened.status()).isEqualTo(403);
        assertThat(widened.error()).isEqualTo("Only the certificate can be changed");
        Map<String, Object> renewed =
                Map.of("certificate", base64(bob), "restricted", true, "projects", List.of("dev"), "name", "alice");
        assertThat(limited.put(own, renewed).status()).isEqualTo(200);
        assertThat(server.trust.lastEdit.der()).isEqualTo(bob.der());
        assertThat(limited.delete(own).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("2.6: what an administrator changes at the same moment is not undone")
    void a_restricted_client_that_renews_its_certificate_writes_nothing_else() {
        TestCertificate bob = TestCertificate.named("bob");
        Map<String, Object> renewed = Map.of(
                "certificate", base64(bob), "restricted", true, "projects", List.of("dev"), "name", "alice", "type", "client");

        assertThat(restrictedAlice().put(PATH + "/" + alice.fingerprint(), renewed).status()).isEqualTo(200);

        EditCertificate edit = server.trust.lastEdit;
        assertThat(edit.der()).isEqualTo(bob.der());
        assertThat(new Object[] {edit.name(), edit.type(), edit.restricted(), edit.projects(), edit.description()})
                .containsOnlyNulls();
    }

    private Visitor restrictedAlice() {
        Map<String, Object> body =
                Map.of("certificate", base64(alice), "restricted", true, "projects", List.of("dev"));
        assertThat(server.face.admin().post(PATH, body).status()).isEqualTo(201);
        return server.face.visitor(new Caller(
                Caller.Standing.RESTRICTED, alice.fingerprint(), "tls", "127.0.0.1:1", Set.of("dev")));
    }

    private Visitor stranger() {
        return server.face.stranger(alice.certificate());
    }

    private String granted(String name) {
        return server.face.admin().post(PATH, tokenFor(name)).metadata().at("/metadata/secret").asText();
    }

    private String refused(Map<String, Object> body) {
        Heard heard = server.face.admin().post(PATH, body);
        assertThat(heard.status()).as(body.toString()).isEqualTo(400);
        return heard.error();
    }

    private static Map<String, Object> tokenFor(String name) {
        return Map.of("type", "client", "name", name, "token", true);
    }

    private static String tokenText(String secret) {
        String json = "{\"client_name\":\"foo\",\"fingerprint\":\"f\",\"addresses\":[\"h:1\"],\"secret\":\"" + secret
                + "\",\"expires_at\":\"0001-01-01T00:00:00Z\"}";
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(TestCertificate certificate) {
        return Base64.getEncoder().encodeToString(certificate.der());
    }
}
