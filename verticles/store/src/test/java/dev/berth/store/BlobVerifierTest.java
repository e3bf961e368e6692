package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.image.BlobId;
import dev.berth.kit.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("reliability R42, R45: planted faults are found, and nothing else")
final class BlobVerifierTest {
    @TempDir
    private Path data;

    private final Map<BlobId, Long> records = new HashMap<>();

    @Test
    void a_sound_store_is_sound_and_all_of_it_was_read() throws IOException {
        planted("one");
        planted("three");
        AtomicLong progress = new AtomicLong();

        BlobReport report = new BlobVerifier(new LocalDisk(), data).verify(records, 100, progress::set);

        assertThat(report.isSound()).isTrue();
        assertThat(report).returns(2L, BlobReport::sound).returns(2L, BlobReport::read).returns(8L, BlobReport::bytesRead);
        assertThat(progress).hasValue(8);
    }

    @Test
    void a_flipped_bit_is_found_by_reading_only() throws IOException {
        Files.writeString(planted("one"), "onf");

        assertThat(verify(0).isSound()).isTrue();
        assertThat(verify(100).damaged()).singleElement().satisfies(damage -> {
            assertThat(damage.blob()).isEqualTo(idOf("one").hex());
            assertThat(damage.text()).isEqualTo("expected SHA-256 " + idOf("one") + ", got " + idOf("onf"));
        });
    }

    @Test
    void a_truncated_and_an_extended_file_are_found_without_reading() throws IOException {
        Files.writeString(planted("one"), "on");
        Files.writeString(planted("two"), "twoo");

        assertThat(verify(0).damaged())
                .extracting(BlobReport.Damage::text)
                .containsExactlyInAnyOrder("expected 3 bytes, got 2", "expected 3 bytes, got 4");
    }

    @Test
    void missing_orphaned_and_foreign_files_are_told_apart() throws IOException {
        Files.delete(planted("one"));
        planted("two");
        records.remove(idOf("two"));
        Path foreign = Files.writeString(planted("three").resolveSibling("notes.txt"), "mine");
        Path misplaced = Files.writeString(foreign.resolveSibling(idOf("four").hex()), "four");

        BlobReport report = verify(100);

        assertThat(report.isSound()).isFalse();
        assertThat(report.missing()).containsExactly(idOf("one").hex());
        assertThat(report.orphaned()).containsExactly(idOf("two").hex());
        assertThat(report.foreign()).containsExactlyInAnyOrder(foreign.toString(), misplaced.toString());
    }

    @Test
    void a_blob_that_goes_while_others_are_read_is_missing_and_not_unreadable() throws IOException {
        planted("two");
        Path wanted = planted("one");
        Path unwanted = planted("three");
        records.remove(idOf("three"));

        BlobReport report = new BlobVerifier(new LocalDisk(), data).verify(records, 100, read -> {
            wanted.toFile().delete();
            unwanted.toFile().delete();
        });

        assertThat(report.unreadable()).isEmpty();
        assertThat(report.missing()).containsExactly(idOf("one").hex());
        assertThat(report.orphaned()).isEmpty();
        assertThat(report).returns(1L, BlobReport::sound).returns(1L, BlobReport::read);
    }

    @Test
    void swapped_blobs_are_both_damaged() throws IOException {
        Files.writeString(planted("one"), "two");
        Files.writeString(planted("two"), "one");

        assertThat(verify(100).damaged()).hasSize(2);
    }

    @Test
    void a_share_reads_that_share() throws IOException {
        for (int i = 0; i < 200; i++) {
            planted("image " + i);
        }

        assertThat(verify(5).read()).isEqualTo(10);
        assertThat(verify(5).sound()).isEqualTo(200);
    }

    @Test
    void a_directory_without_blobs_cannot_be_verified() {
        assertThatThrownBy(() -> verify(0)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> verify(101)).hasMessageContaining("0 to 100 percent, got 101");
    }

    private BlobReport verify(int percent) throws IOException {
        return new BlobVerifier(new LocalDisk(), data).verify(records, percent, read -> {});
    }

    private Path planted(String content) throws IOException {
        BlobId id = idOf(content);
        Path shelf = Files.createDirectories(data.resolve("blobs/sha256").resolve(id.hex().substring(0, 2)));
        records.put(id, (long) content.length());
        return Files.writeString(shelf.resolve(id.hex()), content);
    }

    private static BlobId idOf(String content) {
        return Sha256.of(content.getBytes(UTF_8));
    }
}
