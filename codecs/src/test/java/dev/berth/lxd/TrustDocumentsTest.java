package dev.berth.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.contract.TrustContract.Project;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** rest-api 2.1 and 7: names and emptiness as clients expect them. */
class TrustDocumentsTest {
    private static final Certificate CERTIFICATE =
            new Certificate("ab12", "laptop", "client", true, List.of("ours"), "PEM", "mine");
    private static final Project PROJECT = new Project("ours", "", Map.of("features.images", "true"));
    private static final Profile PROFILE = new Profile("ours", "default", "", Map.of(), Map.of());

    /** rest-api 34. */
    @Test
    void a_certificate_shows_all_its_fields() {
        assertThat(text(CertificateDocument.bytes(CERTIFICATE)))
                .isEqualTo("{\"name\":\"laptop\",\"type\":\"client\",\"restricted\":true,\"projects\":[\"ours\"],"
                        + "\"certificate\":\"PEM\",\"description\":\"mine\",\"fingerprint\":\"ab12\"}");
        assertThat(text(CertificateDocument.list(List.of(CERTIFICATE), false))).isEqualTo("[\"/1.0/certificates/ab12\"]");
        assertThat(text(CertificateDocument.list(List.of(CERTIFICATE), true)))
                .isEqualTo("[" + text(CertificateDocument.bytes(CERTIFICATE)) + "]");
    }

    /** rest-api 223. */
    @Test
    void a_project_is_used_by_a_list_even_when_nothing_uses_it() {
        assertThat(text(ProjectDocument.bytes(PROJECT, List.of())))
                .isEqualTo("{\"name\":\"ours\",\"description\":\"\",\"config\":{\"features.images\":\"true\"},\"used_by\":[]}");
        assertThat(text(ProjectDocument.list(List.of(PROJECT), false, name -> List.of()))).isEqualTo("[\"/1.0/projects/ours\"]");
        assertThat(text(ProjectDocument.list(List.of(PROJECT), true, name -> List.of("/1.0/images/ab?project=" + name))))
                .contains("\"used_by\":[\"/1.0/images/ab?project=ours\"]");
    }

    /** rest-api 224. */
    @Test
    void a_profile_has_objects_where_it_has_nothing() {
        assertThat(text(ProfileDocument.bytes(PROFILE)))
                .isEqualTo("{\"name\":\"default\",\"description\":\"\",\"config\":{},\"devices\":{},\"used_by\":[],\"project\":\"ours\"}");
        assertThat(text(ProfileDocument.list(List.of(PROFILE), false))).isEqualTo("[\"/1.0/profiles/default?project=ours\"]");
        assertThat(ProfileDocument.url(new Profile("default", "small", "", Map.of(), Map.of())))
                .isEqualTo("/1.0/profiles/small");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
