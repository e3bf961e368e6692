package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.BlobId;
import dev.berth.testkit.disk.FakeDisk;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Content is deleted while the same content is imported again: every order of the steps of both (reliability R21, and
 * what Quay lost images by).
 */
final class ImportAgainTest {
    private static final byte[] IMAGE = "the same content".getBytes(UTF_8);
    private static final BlobId BLOB = Sha256.of(IMAGE);

    @Test
    @DisplayName("reliability R21: no order of import and deletion loses the image")
    void whatever_the_order_of_steps_a_record_keeps_its_blob() throws IOException {
        int orders = 0;
        for (int order = 0; order < 1 << 6; order++) {
            if (Integer.bitCount(order) == 3) {
                orders++;
                Race race = new Race();
                race.run(order);
                assertThat(race.store.verify().missing()).as("order %s", Integer.toBinaryString(order)).isEmpty();
                race.afterGrace();
                assertThat(race.store.verify().isSound()).isTrue();
                assertThat(race.store.inventory().blobs()).containsOnlyKeys(BLOB);
            }
        }
        assertThat(orders).isEqualTo(20);
    }

    /** Three steps of a deletion and three of an import, on a store that has the blob and lost its record. */
    private static final class Race {
        final BrittleStore store = new BrittleStore(new FakeDisk());
        private boolean due;
        private boolean referenced;

        Race() throws IOException {
            store.prepare();
            store.imported(IMAGE);
            store.leases.release("t");
            store.records.clear();
        }

        /** Bit i says whether step i is the import's. */
        void run(int order) throws IOException {
            int imported = 0;
            for (int step = 0; step < 6; step++) {
                if ((order & 1 << step) != 0) {
                    importStep(imported++);
                } else {
                    deletionStep(step - imported);
                }
            }
        }

        void afterGrace() throws IOException {
            store.sweep();
        }

        private void importStep(int step) throws IOException {
            switch (step) {
                case 0 -> store.publish("again", IMAGE);
                case 1 -> store.records.put(BLOB, (long) IMAGE.length);
                default -> store.deletion.condemn(store.leases.release("again"));
            }
        }

        private void deletionStep(int step) throws IOException {
            switch (step) {
                case 0 -> store.deletion.condemn(Set.of(BLOB));
                case 1 -> askTheCatalog();
                default -> removeAsAnswered();
            }
        }

        private void removeAsAnswered() throws IOException {
            if (due) {
                store.removeUnless(referenced, BLOB);
            }
        }

        /** The answer is as old as this when the blob is unlinked. */
        private void askTheCatalog() {
            due = store.deletion.due().contains(BLOB);
            referenced = store.records.containsKey(BLOB);
        }
    }
}
