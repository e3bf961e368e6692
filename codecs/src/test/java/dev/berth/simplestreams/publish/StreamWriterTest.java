package dev.berth.simplestreams.publish;

import static dev.berth.simplestreams.publish.CatalogFixture.debian;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.image.Image;
import dev.berth.image.ImageType;
import dev.berth.simplestreams.ItemKind;
import dev.berth.simplestreams.StreamImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StreamWriterTest {
    private static final Image CONTAINER = debian().squashfs("metadata", "root");
    private static final Image MACHINE = debian().machine("metadata", "disk");
    private static final Image TAR = debian().tar("metadata", "tree", ".tar.xz");

    @Test
    @DisplayName("formats 108: the same files stand there for LXD and for Incus, in the words of each")
    void every_file_is_listed_for_both_families() {
        JsonNode items = WrittenStream.of(CONTAINER).items();

        assertThat(items.at("/lxd.tar.xz/path")).isEqualTo(items.at("/incus.tar.xz/path"));
        assertThat(items.at("/lxd.tar.xz/combined_squashfs_sha256").asText()).isEqualTo(CONTAINER.fingerprint().hex());
        assertThat(items.at("/incus.tar.xz/combined_squashfs_sha256").asText()).isEqualTo(CONTAINER.fingerprint().hex());
        assertThat(items.at("/squashfs/path").asText()).isEqualTo(ItemPath.of(CONTAINER.files().get(1)));
    }

    @Test
    @DisplayName("formats 92, 94: one version has container and virtual machine, each root with its combined hash")
    void images_that_share_their_metadata_are_one_version() {
        JsonNode metadata = WrittenStream.of(CONTAINER, MACHINE, TAR).items().get("lxd.tar.xz");

        assertThat(metadata.get("combined_squashfs_sha256").asText()).isEqualTo(CONTAINER.fingerprint().hex());
        assertThat(metadata.get("combined_disk-kvm-img_sha256").asText()).isEqualTo(MACHINE.fingerprint().hex());
        assertThat(metadata.get("combined_rootxz_sha256").asText()).isEqualTo(TAR.fingerprint().hex());
        assertThat(metadata.get("combined_sha256")).isEqualTo(metadata.get("combined_rootxz_sha256"));
    }

    @Test
    void a_virtual_machine_in_one_file_is_listed_for_incus_only() {
        Image machine = debian().unifiedMachine("all");
        WrittenStream stream = WrittenStream.of(machine);

        assertThat(stream.readBy(Vocabulary.LXD).images()).isEmpty();
        assertThat(stream.readBy(Vocabulary.INCUS).images()).extracting(StreamImage::type)
                .containsExactly(ImageType.VIRTUAL_MACHINE);
        assertThat(stream.items().at("/incus_combined.tar.gz/combined_type").asText()).isEqualTo("virtual-machine");
    }

    @Test
    void a_container_in_one_file_is_itself_for_both() {
        JsonNode items = WrittenStream.of(debian().unified("all")).items();

        assertThat(items.at("/lxd_combined.tar.gz/sha256")).isEqualTo(items.at("/incus_combined.tar.gz/sha256"));
        assertThat(items.at("/incus_combined.tar.gz/combined_type").asText()).isEqualTo("container");
    }

    @Test
    @DisplayName("formats 88, 89, 90, 91: sizes are numbers, names one text, requirements texts, hashes lower-case")
    void every_field_has_the_type_clients_insist_on() {
        Image image = debian().with(Map.of("os", "Debian", "release", "13", "requirements.secureboot", "false"))
                .called("a", "b").squashfs("metadata", "root");

        JsonNode product = WrittenStream.of(image).product();
        JsonNode root = product.get("versions").get("20260821_0742").at("/items/squashfs");

        assertThat(root.get("size").isNumber()).isTrue();
        assertThat(root.get("size").asLong()).isEqualTo(image.files().get(1).size());
        assertThat(root.get("sha256").asText()).isEqualTo(image.files().get(1).blob().hex());
        assertThat(product.get("aliases").asText()).startsWith("a,b,");
        assertThat(product.at("/requirements/secureboot").isTextual()).isTrue();
        assertThat(product.get("lxd_requirements")).isEqualTo(product.get("requirements"));
        assertThat(product.get("variant").asText()).isEqualTo("default");
    }

    @Test
    @DisplayName("formats 83, 86: the index names the products, and is empty when there are none")
    void the_index_names_what_the_images_have() {
        WrittenStream one = WrittenStream.of(CONTAINER);
        JsonNode entry = one.index().at("/index/images");

        assertThat(entry.get("products").get(0).asText()).isEqualTo(one.images().get("products").fieldNames().next());
        assertThat(entry.get("updated").asText()).isEqualTo("Fri, 21 Aug 2026 13:05:00 +0000");
        assertThat(one.entries()).extracting(read -> read.path()).containsExactly("streams/v1/images.json");
        assertThat(WrittenStream.of(List.of()).index().get("index")).isEmpty();
    }

    @Test
    @DisplayName("formats 111: the signed index points to the signed images")
    void the_signed_index_differs_in_nothing_but_the_path() {
        StreamFiles files = WrittenStream.of(CONTAINER).files();

        assertThat(new String(files.signedIndex()).replace("images.sjson", "images.json"))
                .isEqualTo(new String(files.index()));
        assertThat(new String(files.signedIndex())).contains("\"streams/v1/images.sjson\"");
    }

    @Test
    @DisplayName("formats 101: no fingerprint is listed twice")
    void the_same_image_in_two_products_is_listed_once() {
        PublishedImage image = CatalogProducts.of(List.of(CONTAINER)).get(0);
        PublishedImage again = ours("other", image, image.readers(), image.files().get(0));

        WrittenStream stream = WrittenStream.written(List.of(image, again));

        assertThat(stream.images().get("products")).hasSize(1);
        assertThat(stream.files().leftOut()).containsExactly(CONTAINER.fingerprint());
    }

    @Test
    void an_image_with_metadata_for_incus_alone_has_its_place_before_one_for_both() {
        PublishedImage both = CatalogProducts.of(List.of(CONTAINER)).get(0);
        PublishedImage other = CatalogProducts.of(List.of(debian().squashfs("for incus", "root"))).get(0);
        PublishedImage incus = ours(both.product().key(), other, Set.of(Vocabulary.INCUS), other.files().get(0));

        WrittenStream stream = WrittenStream.written(List.of(both, incus));

        assertThat(stream.files().leftOut()).isEmpty();
        assertThat(stream.readBy(Vocabulary.LXD).images()).extracting(StreamImage::fingerprint)
                .containsExactly(both.fingerprint());
        assertThat(stream.readBy(Vocabulary.INCUS).images()).extracting(StreamImage::fingerprint)
                .containsExactly(incus.fingerprint());
    }

    @Test
    void a_version_cannot_have_two_files_in_one_place() {
        PublishedImage image = CatalogProducts.of(List.of(CONTAINER)).get(0);
        PublishedImage other = CatalogProducts.of(List.of(debian().squashfs("other", "other"))).get(0);

        WrittenStream stream = WrittenStream.written(List.of(image, other));

        assertThat(stream.files().leftOut()).containsExactly(other.fingerprint());
        assertThat(stream.read().images()).hasSize(1);
    }

    private static PublishedImage ours(String key, PublishedImage image, Set<Vocabulary> readers, PublishedFile metadata) {
        PublishedProduct facts = image.product();
        PublishedProduct product = new PublishedProduct(key, facts.os(), facts.release(), "", "", "", facts.arch(), "",
                facts.aliases(), Map.of(), Map.of());
        return new PublishedImage(product, image.serial(), "", image.type(), image.fingerprint(), ItemKind.SQUASHFS,
                readers, List.of(metadata, image.files().get(1)));
    }
}
