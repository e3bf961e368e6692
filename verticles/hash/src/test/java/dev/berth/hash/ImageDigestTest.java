package dev.berth.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.HashContract.Digests;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ImageDigestTest {
    // Known answers of the SHA-256 standard: "abc", "" and "abcdef" split as abc + def.
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String DEF = "cb8379ac2098aa165029e3938a51da0bcecfc008fd6795f401178647f96c5b34";
    private static final String ABCDEF = "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final ImageDigest digest = new ImageDigest(false);

    @Test
    @DisplayName("formats fact 34: a unified image's fingerprint is the SHA-256 of its file")
    void a_unified_fingerprint_is_the_digest_of_its_file() {
        digest.update(US_ASCII.encode("ab"));
        digest.update(US_ASCII.encode("c"));
        digest.endFile("");

        Digests digests = digest.finish();

        assertThat(digests.fingerprint().hex()).isEqualTo(ABC);
        assertThat(digests.files()).singleElement().satisfies(file -> {
            assertThat(file.blob().hex()).isEqualTo(ABC);
            assertThat(file.length()).isEqualTo(3);
        });
    }

    @Test
    @DisplayName("formats fact 35: a split image's fingerprint is the SHA-256 of metadata then rootfs")
    void a_split_fingerprint_runs_over_both_files_in_order() {
        digest.update(US_ASCII.encode("abc"));
        digest.endFile("");
        digest.update(US_ASCII.encode("def"));
        digest.endFile("");

        Digests digests = digest.finish();

        assertThat(digests.fingerprint().hex()).isEqualTo(ABCDEF);
        assertThat(digests.files()).extracting(file -> file.blob().hex()).containsExactly(ABC, DEF);
    }

    @Test
    void an_empty_file_has_the_digest_of_nothing() {
        digest.endFile("");

        assertThat(digest.finish().fingerprint().hex()).isEqualTo(EMPTY);
    }

    @Test
    void what_a_sender_digested_is_not_digested_again() {
        ImageDigest whole = new ImageDigest(true);
        whole.update(US_ASCII.encode("abc"));
        whole.endFile(ABC);
        whole.update(US_ASCII.encode("def"));
        whole.endFile(DEF);

        Digests digests = whole.finish();

        assertThat(digests.fingerprint().hex()).isEqualTo(ABCDEF);
        assertThat(digests.files()).extracting(file -> file.blob().hex()).containsExactly(ABC, DEF);
        assertThat(digests.files()).extracting(file -> file.length()).containsExactly(3L, 3L);
    }

    @Test
    void a_sender_that_tells_no_digest_is_noticed() {
        ImageDigest whole = new ImageDigest(true);

        assertThatThrownBy(() -> whole.endFile("")).isInstanceOf(IllegalArgumentException.class);
    }
}
