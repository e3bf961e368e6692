package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kit.disk.Disk;
import dev.berth.testkit.disk.FakeDisk;
import dev.berth.testkit.disk.ForgetfulDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Cuts the power at every point of an import and of a deletion, in every way the disk may then look, starts again and
 * looks whether all that the catalog has is whole and nothing else is left (reliability R01, R02, R05, R07).
 */
final class PowerCutTest {
    private static final byte[] IMAGE = bytes(1, 1400);
    private static final byte[] OTHER = bytes(2, 300);

    @Test
    @DisplayName("reliability R07: every crash point of an import")
    void no_power_cut_during_an_import_loses_or_leaves_anything() throws IOException {
        Search search = new Search(UnaryOperator.identity(), true);

        search.run(store -> {
            store.prepare();
            store.imported(IMAGE);
            search.cut();
            store.imported(OTHER);
        });

        search.report("imports");
        assertThat(search.violations).isEmpty();
        assertThat(search.states).isGreaterThan(1000);
    }

    @Test
    @DisplayName("reliability R07: every crash point of a deletion")
    void no_power_cut_during_a_deletion_loses_another_or_brings_it_back() throws IOException {
        Search search = new Search(UnaryOperator.identity(), true);

        search.run(store -> {
            store.prepare();
            store.imported(IMAGE);
            store.imported(OTHER);
            store.delete(IMAGE);
            search.cut();
        });

        search.report("deletion");
        assertThat(search.violations).isEmpty();
    }

    @Test
    void no_power_cut_while_deleted_content_comes_back_loses_it() throws IOException {
        Search search = new Search(UnaryOperator.identity(), true);

        search.run(store -> {
            store.prepare();
            store.imported(OTHER);
            store.delete(OTHER);
            store.imported(OTHER);
            search.cut();
        });

        search.report("import after deletion");
        assertThat(search.violations).isEmpty();
    }

    @Test
    void no_power_cut_while_a_damaged_file_is_set_aside_loses_what_replaces_it() throws IOException {
        Search search = new Search(UnaryOperator.identity(), true).thatSetsAside();

        search.run(store -> {
            store.prepare();
            store.damaged(OTHER);
            store.imported(OTHER);
            search.cut();
        });

        search.report("setting aside");
        assertThat(search.violations).isEmpty();
    }

    @Test
    void no_power_cut_loses_half_of_an_image_of_two_files() throws IOException {
        Search search = new Search(UnaryOperator.identity(), true);

        search.run(store -> {
            store.prepare();
            store.importedTogether(OTHER, IMAGE);
            search.cut();
        });

        search.report("two files");
        assertThat(search.violations).isEmpty();
    }

    @Test
    void no_power_cut_after_a_call_that_failed_loses_or_leaves_anything() throws IOException {
        int calls = callsOfAnImport();
        for (int n = 1; n <= calls; n++) {
            Search search = new Search(UnaryOperator.identity(), false);
            int failing = n;

            search.run(store -> {
                store.prepare();
                search.disk.failCall(failing, () -> new IOException("call " + failing + " broke"));
                store.tryImport(IMAGE);
                search.cut();
                store.imported(IMAGE);
            });

            assertThat(search.violations).as("after call %d failed", n).isEmpty();
        }
    }

    private static int callsOfAnImport() throws IOException {
        FakeDisk disk = new FakeDisk();
        BrittleStore store = new BrittleStore(disk);
        store.prepare();
        int before = disk.calls();
        store.imported(IMAGE);
        return disk.calls() - before;
    }

    @Test
    @DisplayName("reliability R05: the search finds the loss when bytes are not forced")
    void without_forcing_files_the_search_finds_damage() throws IOException {
        Search search = new Search(ForgetfulDisk::ofBytes, false);

        search.run(store -> {
            store.prepare();
            store.imported(IMAGE);
            search.cut();
        });

        assertThat(search.violations).first().asString().contains("damaged [Damage[blob=" + Sha256.of(IMAGE));
    }

    @Test
    @DisplayName("reliability R05: the search finds the loss when names are not forced")
    void without_forcing_directories_the_search_finds_missing_images() throws IOException {
        Search search = new Search(ForgetfulDisk::ofNames, false);

        search.run(store -> {
            store.prepare();
            store.imported(OTHER);
            search.cut();
        });

        assertThat(search.violations).first().asString().contains("missing [" + Sha256.of(OTHER));
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Something a store does. */
    private interface Work {
        void on(BrittleStore store) throws IOException;
    }

    /**
     * Cuts before each call of the work and where it is told to, and if wanted a second time before each call of the
     * recovery, until it finds a violation.
     */
    private static final class Search {
        private final FakeDisk disk = new FakeDisk();
        private final BrittleStore store;
        private final boolean twice;
        private final List<String> violations = new ArrayList<>();
        private boolean setsAside;
        private long states;
        private int cuts;

        Search(UnaryOperator<Disk> dress, boolean twice) {
            this.twice = twice;
            this.store = new BrittleStore(dress.apply(disk));
            disk.beforeEachCall(this::cut);
        }

        /** What was set aside stays there. */
        Search thatSetsAside() {
            setsAside = true;
            return this;
        }

        void run(Work work) throws IOException {
            work.on(store);
            cut();
        }

        void cut() {
            cuts++;
            forEachVariant(disk, left -> {
                if (twice) {
                    left.beforeEachCall(() -> forEachVariant(left, this::recoverAndCheck));
                }
                recoverAndCheck(left);
            });
        }

        void report(String what) {
            System.out.println(what + ": " + cuts + " cuts, " + states + " states explored");
        }

        private void forEachVariant(FakeDisk cutDisk, Consumer<FakeDisk> look) {
            for (long variant = 0; variant < cutDisk.variants() && violations.isEmpty(); variant++) {
                look.accept(cutDisk.crash(variant));
            }
        }

        private void recoverAndCheck(FakeDisk left) {
            states++;
            BrittleStore restarted = store.restartedOn(left);
            try {
                restarted.recover();
                left.beforeEachCall(() -> {});
                check(restarted);
            } catch (IOException e) {
                violations.add("cut " + cuts + ": " + e);
            }
        }

        private void check(BrittleStore restarted) throws IOException {
            BlobReport report = restarted.verify();
            boolean tidy = report.orphaned().isEmpty() && report.foreign().isEmpty();
            boolean clean = restarted.stagingIsEmpty() && (setsAside || restarted.quarantineIsEmpty());
            if (!report.isSound() || !tidy || !clean) {
                violations.add("cut " + cuts + " damaged " + report.damaged() + " missing " + report.missing()
                        + " tidy " + tidy + " clean " + clean);
            }
        }
    }
}
