package dev.berth.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedListTest {
    private static final Listed OLD = Samples.split("debian", "20260820_0742", 'a', '1', '2');
    private static final Listed NEW = Samples.split("debian", "20260821_0742", 'b', '1', '3', "debian/13");

    @Test
    void files_are_found_by_paths_made_of_their_bytes() {
        PublishedList list = Samples.list(NEW, OLD);

        assertThat(list.files()).containsOnlyKeys(
                "images/" + Samples.hash('1') + "/lxd.tar.xz",
                "images/" + Samples.hash('2') + "/rootfs.squashfs",
                "images/" + Samples.hash('3') + "/rootfs.squashfs");
        assertThat(text(list)).contains("20260820_0742", "20260821_0742", Samples.hash('a'), Samples.hash('b'));
        assertThat(list.listed().get(0).offer().files()).extracting(OfferedFile::path)
                .containsExactly("images/" + Samples.hash('1') + "/lxd.tar.xz", "images/" + Samples.hash('3') + "/rootfs.squashfs");
    }

    @Test
    void the_same_images_make_the_same_documents_whenever_they_are_made() {
        assertThat(Samples.list(NEW, OLD).version()).isEqualTo(Samples.list(OLD, NEW).version());
        assertThat(Samples.list(NEW).version()).isNotEqualTo(Samples.list(OLD, NEW).version());
    }

    @Test
    void what_has_no_hash_or_no_size_is_not_listed_but_has_its_name() {
        List<OfferedFile> files = List.of(
                new OfferedFile("x/lxd.tar.xz", -1, Samples.hash('1'), List.of()),
                new OfferedFile("x/root.squashfs", 5, "", List.of()));
        Offer vague = Samples.offer('c', ImageType.CONTAINER, Architecture.X86_64, -1, files, "vague");

        PublishedList list = Samples.list(NEW, new Listed(vague, OLD.place()));

        assertThat(list.listed()).hasSize(1);
        assertThat(list.names().find("vague", null, null, Architecture.X86_64).map(Offer::fingerprint))
                .isEqualTo(Answer.yes(vague.fingerprint()));
    }

    @Test
    void a_name_over_there_that_is_no_plain_name_leads_to_no_odd_path() {
        OfferedFile odd = new OfferedFile("x/a b%2f..", 1, Samples.hash('4'), List.of());

        assertThat(MirroredFile.path(odd)).isEqualTo("images/" + Samples.hash('4') + "/file");
        assertThat(MirroredFile.path(new OfferedFile("x/..", 1, Samples.hash('4'), List.of()))).endsWith("/file");
    }

    @Test
    void an_image_of_a_server_that_is_no_stream_is_listed_while_it_is_here_and_public_there() {
        Listed theirs = Samples.plain('d', "its-name");
        Image held = held(theirs.offer());

        PublishedList without = PublishedList.of(Samples.catalogue(theirs), Filter.ALL, List.of());
        PublishedList with = PublishedList.of(Samples.catalogue(theirs), Filter.ALL, List.of(held));
        PublishedList delisted = PublishedList.of(Samples.catalogue(), Filter.ALL, List.of(held));

        assertThat(without.listed()).isEmpty();
        assertThat(delisted.listed()).isEmpty();
        assertThat(with.files()).containsOnlyKeys("images/" + Samples.hash('d') + "/image.tar.gz");
        assertThat(text(with)).contains("its-name", "\"os\":\"Debian\"").doesNotContain("our-name");
    }

    @Test
    void newest_leaves_one_version_of_each_product() {
        PublishedList list = PublishedList.of(
                Samples.catalogue(OLD, NEW, Samples.split("other", "20250101", 'e', '5', '6')),
                Filter.of(List.of("serial=newest")), List.of());

        assertThat(list.listed()).extracting(listed -> listed.offer().fingerprint().hex().charAt(0)).containsExactly('b', 'e');
    }

    private static Image held(Offer offer) {
        ImageFile file = new ImageFile(
                ImageFile.Role.UNIFIED, new BlobId(offer.fingerprint().hex()), 110, ".tar.gz");
        return new Image(
                "default", offer.fingerprint(), offer.type(), offer.architecture(), false, false, true, "x",
                Map.of("os", "Changed"), List.of(new Alias("our-name", "")), List.of(), List.of(file),
                offer.createdAt(), Samples.NOW, Image.NEVER_USED, Image.NEVER_EXPIRES, null);
    }

    private static String text(PublishedList list) {
        return new String(list.documents().images(), StandardCharsets.UTF_8);
    }
}
