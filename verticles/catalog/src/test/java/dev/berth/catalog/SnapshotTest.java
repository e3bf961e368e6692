package dev.berth.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    @Test
    void a_change_leaves_the_old_snapshot_as_it_was() {
        Snapshot before = put(Snapshot.EMPTY, Samples.image(1, "one"));

        Snapshot after = put(before, Samples.image(2, "two"));

        assertThat(before.images()).isEqualTo(1);
        assertThat(after.images()).isEqualTo(2);
        assertThat(after.aliases()).isEqualTo(2);
        assertThat(after.sequence()).isEqualTo(before.sequence() + 1);
    }

    @Test
    void what_did_not_change_is_not_encoded_again() {
        Snapshot before = Snapshot.of(List.of(Samples.image(1), Samples.image(2)), Map.of());

        Snapshot after = put(before, ImageDraft.of(Samples.image(1)).usedAt(Samples.NOW).image());

        assertThat(entry(after, Samples.image(2))).isSameAs(entry(before, Samples.image(2)));
        assertThat(entry(after, Samples.image(1)).json()).isNotEqualTo(entry(before, Samples.image(1)).json());
    }

    @Test
    void blobs_are_counted_over_all_images_and_weighed_once() {
        Image one = Samples.split(1, "shared rootfs");
        Image two = Samples.split(2, "shared rootfs");
        BlobId rootfs = one.files().get(1).blob();
        Snapshot both = put(put(Snapshot.EMPTY, one), two);

        assertThat(both.blobs().bytes()).isEqualTo(10 + 10 + 1_000);

        Snapshot single = both.after(List.of(new Step.Drop(one)));
        assertThat(single.blobs().refersTo(rootfs)).isTrue();
        assertThat(single.blobs().refersTo(one.files().get(0).blob())).isFalse();
        assertThat(single.blobs().bytes()).isEqualTo(10 + 1_000);
        assertThat(single.after(List.of(new Step.Drop(two))).blobs().bytes()).isZero();
    }

    @Test
    void references_are_all_blobs_or_those_that_were_asked_for() {
        Image image = Samples.split(1, "rootfs");
        List<BlobId> its = image.files().stream().map(ImageFile::blob).sorted().toList();
        Snapshot snapshot = put(Snapshot.EMPTY, image);
        BlobId stranger = new BlobId(Samples.hex("stranger"));

        assertThat(snapshot.blobs().among(List.of())).isEqualTo(its);
        assertThat(snapshot.blobs().among(List.of(stranger, its.get(1)))).containsExactly(its.get(1));
    }

    @Test
    void projects_do_not_see_each_other() {
        Snapshot snapshot = put(put(Snapshot.EMPTY, Samples.image("a", 1, false, "same")), Samples.image("b", 2, false, "same"));

        assertThat(snapshot.shelf("a").aliases().find("same").orElseThrow().target())
                .isEqualTo(Samples.image(1).fingerprint());
        assertThat(snapshot.shelf("b").aliases().find("same").orElseThrow().target())
                .isEqualTo(Samples.image(2).fingerprint());
        assertThat(snapshot.shelf("default").images().size()).isZero();
    }

    /** Whatever the order of changes, the snapshot is the one that reading the tables anew would give. */
    @Test
    void a_long_history_of_changes_ends_where_a_fresh_start_would() {
        Random random = new Random(42);
        List<Image> model = new ArrayList<>();
        Snapshot snapshot = Snapshot.EMPTY;
        for (int i = 0; i < 2_000; i++) {
            if (model.isEmpty() || random.nextInt(3) > 0) {
                Image image = random.nextBoolean() ? Samples.image(i, "name " + i) : Samples.split(i, "root " + i % 7);
                model.add(image);
                snapshot = put(snapshot, image);
            } else {
                Image gone = model.remove(random.nextInt(model.size()));
                snapshot = snapshot.after(List.of(new Step.Drop(gone)));
            }
        }

        Snapshot fresh = Snapshot.of(model, Map.of());
        assertThat(snapshot.blobs().bytes()).isEqualTo(fresh.blobs().bytes());
        assertThat(snapshot.blobs().uses().stream()).containsExactlyElementsOf(fresh.blobs().uses().stream().toList());
        assertThat(images(snapshot)).isEqualTo(images(fresh));
        assertThat(names(snapshot)).isEqualTo(names(fresh));
    }

    @Test
    void ten_thousand_images_take_little_memory_and_a_change_takes_little_time() {
        List<Image> many = IntStream.range(0, 10_000).mapToObj(i -> Samples.image(i, "debian/" + i)).toList();
        long before = used();
        Snapshot snapshot = Snapshot.of(many, Map.of());
        long bytes = used() - before;

        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            snapshot = put(snapshot, Samples.image(20_000 + i, "new/" + i));
        }
        long micros = (System.nanoTime() - start) / 200_000;

        System.out.printf("10,000 images: %d KiB beside the records, %d us a change%n", bytes >> 10, micros);
        assertThat(snapshot.images()).isEqualTo(10_200);
        assertThat(bytes).isLessThan(64L << 20);
        assertThat(micros).isLessThan(20_000);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Snapshot put(Snapshot snapshot, Image image) {
        return snapshot.after(List.of(new Step.Put(image)));
    }

    private static ImageEntry entry(Snapshot snapshot, Image image) {
        return snapshot.shelf(image.project()).images().find(image.fingerprint().hex()).orElseThrow();
    }

    private static List<Image> images(Snapshot snapshot) {
        return snapshot.shelf("default").images().stream().map(ImageEntry::image).toList();
    }

    private static List<String> names(Snapshot snapshot) {
        return snapshot.shelf("default").aliases().stream().map(AliasEntry::name).toList();
    }
}
