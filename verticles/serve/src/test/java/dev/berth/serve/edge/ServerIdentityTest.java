package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.kit.host.HostName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdentityTest {
    @TempDir
    Path data;

    @Test
    @DisplayName("rest-api 9, 0.6: stable")
    void the_first_start_makes_an_identity_and_every_later_one_finds_it() throws Exception {
        ServerIdentity first = ServerIdentity.loadOrCreate(ServeConf.in(data));
        ServerIdentity second = ServerIdentity.loadOrCreate(ServeConf.in(data));

        assertThat(second).isEqualTo(first);
        assertThat(first.serverName()).isNotBlank();
        assertThat(first.certificateFingerprint()).matches("[0-9a-f]{64}");
        assertThat(first.certificatePem()).startsWith("-----BEGIN CERTIFICATE-----\n");
    }

    @Test
    @DisplayName("rest-api 9: two deployments")
    void two_deployments_never_share_a_name() throws Exception {
        ServerIdentity one = ServerIdentity.loadOrCreate(ServeConf.in(data.resolve("one")));
        ServerIdentity other = ServerIdentity.loadOrCreate(ServeConf.in(data.resolve("other")));

        assertThat(one.serverName()).isNotEqualTo(other.serverName());
        assertThat(one.certificateFingerprint()).isNotEqualTo(other.certificateFingerprint());
    }

    @Test
    @DisplayName("rest-api 0.5, S41")
    void the_certificate_names_the_machine_first_and_its_files_are_private() throws Exception {
        ServeConf conf = ServeConf.in(data).withListen(new Endpoint("192.0.2.7", 8443));

        ServerIdentity made = ServerIdentity.loadOrCreate(conf);

        List<Object> names = made.certificate().getSubjectAlternativeNames().stream().<Object>map(name -> name.get(1)).toList();
        assertThat(names).startsWith(HostName.own()).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "192.0.2.7");
        assertThat(made.certificate().getPublicKey()).isInstanceOf(ECPublicKey.class);
        assertThat(made.certificate().getNotAfter()).isAfter(Instant.now().plus(3600, ChronoUnit.DAYS));
        assertThat(permissions("keys")).isEqualTo("rwx------");
        for (String file : List.of("server.crt", "server.key", "server.name")) {
            assertThat(permissions("keys/" + file)).isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec"})
    void a_certificate_of_the_operator_is_used_instead(String kind) throws Exception {
        ServeConf conf = withOperatorsCertificate(kind);

        ServerIdentity read = ServerIdentity.loadOrCreate(conf);

        assertThat(read.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=images.example");
        assertThat(data.resolve("keys/server.crt")).doesNotExist();
    }

    @Test
    void a_key_in_its_old_form_is_read_too() throws Exception {
        ServeConf conf = withOperatorsCertificate("rsa:2048");
        Tool.run("openssl", "rsa", "-traditional", "-in", conf.key().toString(), "-out", conf.key().toString());

        assertThat(Files.readString(conf.key())).contains("BEGIN RSA PRIVATE KEY");
        assertThat(ServerIdentity.loadOrCreate(conf).privateKey().getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void a_key_of_another_certificate_is_refused_by_name() throws Exception {
        ServeConf conf = withOperatorsCertificate("rsa:2048");
        ServerIdentity other = ServerIdentity.loadOrCreate(ServeConf.in(data.resolve("other")));
        Files.writeString(conf.key(), Pem.text("PRIVATE KEY", other.privateKey().getEncoded()));

        assertThatThrownBy(() -> ServerIdentity.loadOrCreate(conf))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining(conf.key() + " is not the key of " + conf.certificate());
    }

    @Test
    void a_certificate_without_its_key_is_no_setting() {
        ServeConf usual = ServeConf.in(data);

        assertThatThrownBy(() -> new ServeConf(
                        usual.listen(), null, null, null, data, data.resolve("x.crt"), null, EdgeLimits.DEFAULT, AccessConf.OPEN))
                .hasMessageContaining("certificate and key go together");
    }

    private ServeConf withOperatorsCertificate(String kind) throws Exception {
        Path certificate = data.resolve("x.crt");
        Path key = data.resolve("x.key");
        List<String> how = kind.equals("ec")
                ? List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384")
                : List.of("-newkey", kind);
        Tool.run("openssl", "req", "-x509", "-nodes", "-subj", "/CN=images.example", "-days", "2",
                how.get(0), how.get(1), how.size() > 2 ? how.get(2) : "-batch", how.size() > 3 ? how.get(3) : "-batch",
                "-keyout", key.toString(), "-out", certificate.toString());
        ServeConf usual = ServeConf.in(data);
        return new ServeConf(usual.listen(), null, null, null, data, certificate, key, EdgeLimits.DEFAULT, AccessConf.OPEN);
    }

    private String permissions(String path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(path)));
    }
}
