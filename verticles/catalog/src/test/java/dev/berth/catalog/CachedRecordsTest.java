package dev.berth.catalog;

import static dev.berth.catalog.RunningCatalog.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.KeptRecord;
import dev.berth.contract.CatalogContract.Kind;
import dev.berth.contract.CatalogContract.ListRecords;
import dev.berth.contract.CatalogContract.Records;
import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.image.Image;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalog tells those who look after images, and how it guards their removals. */
class CachedRecordsTest {
    private static final Instant USED = Samples.NOW;
    private static final Image CACHED = Samples.cached(1, USED, "debian");

    private final Snapshot snapshot = Snapshot.of(List.of(CACHED), Map.of());

    @TempDir
    private Path folder;

    @Test
    void an_image_used_in_the_meantime_stays() {
        assertThat(remove(snapshot, USED.minusMillis(1))).isEqualTo(Decision.no(CatalogRules.USED));
        assertThat(remove(snapshot, USED).steps()).containsExactly(new Step.Drop(CACHED));
    }

    @Test
    void an_image_that_somebody_wants_to_keep_in_the_meantime_stays() {
        Image kept = Samples.image(1);

        assertThat(remove(Snapshot.of(List.of(kept), Map.of()), Instant.MAX)).isEqualTo(Decision.no(CatalogRules.USED));
    }

    @Test
    void an_image_that_was_never_used_is_idle_since_it_came() {
        Image unused = Samples.cached(5, Image.NEVER_USED);
        Snapshot one = Snapshot.of(List.of(unused), Map.of());
        RemoveImage early = new RemoveImage("default", unused.fingerprint(), unused.uploadedAt().minusMillis(1), ANNA);
        RemoveImage right = new RemoveImage("default", unused.fingerprint(), unused.uploadedAt(), ANNA);

        assertThat(CatalogRules.remove(one, early, USED)).isEqualTo(Decision.no(CatalogRules.USED));
        assertThat(CatalogRules.remove(one, right, USED).steps()).hasSize(1);
    }

    @Test
    void a_use_that_waits_for_its_commit_keeps_the_image() throws Exception {
        try (RunningCatalog catalog = RunningCatalog.in(folder)) {
            catalog.keep(CACHED);
            RunningCatalog.await(catalog.bus.ask(
                    CatalogContract.TOUCH_IMAGE, new TouchImage("default", CACHED.fingerprint(), USED.plusSeconds(1))));

            RemoveImage removal = new RemoveImage("default", CACHED.fingerprint(), USED, ANNA);

            assertThat(catalog.ask(CatalogContract.REMOVE_IMAGE, removal))
                    .isEqualTo(Answer.no(CatalogRules.USED));
            assertThat(catalog.find(CACHED).image().fingerprint()).isEqualTo(CACHED.fingerprint());
        }
    }

    @Test
    void records_tell_what_would_go_with_them() throws Exception {
        try (RunningCatalog catalog = RunningCatalog.in(folder)) {
            Image one = Samples.split(1, "the same rootfs");
            catalog.keep(one);
            catalog.keep(Samples.split(3, "the same rootfs"));
            catalog.keep(Samples.image("other", 1, true));
            catalog.keep(CACHED);

            Records cached = RunningCatalog.await(catalog.bus.ask(CatalogContract.LIST_RECORDS, new ListRecords(Kind.CACHED)));
            Records sourced = RunningCatalog.await(catalog.bus.ask(CatalogContract.LIST_RECORDS, new ListRecords(Kind.SOURCED)));

            assertThat(cached.records()).singleElement().satisfies(record -> {
                assertThat(record.image().fingerprint()).isEqualTo(CACHED.fingerprint());
                assertThat(record.ownBytes()).as("shared with the other project").isZero();
            });
            assertThat(sourced.records()).hasSize(4).extracting(KeptRecord::ownBytes).contains(10L, 10L);
            assertThat(cached.elsewhere()).containsExactly(CACHED.files().get(0).blob());
            assertThat(sourced.elsewhere()).isEmpty();
            assertThat(cached.referencedBytes()).isEqualTo(10 + 10 + 1_000 + 100);
        }
    }

    private static Decision<?> remove(Snapshot snapshot, Instant unlessUsedSince) {
        return CatalogRules.remove(
                snapshot, new RemoveImage("default", CACHED.fingerprint(), unlessUsedSince, ANNA), Samples.NOW);
    }
}
