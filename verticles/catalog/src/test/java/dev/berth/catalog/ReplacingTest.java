package dev.berth.catalog;

import static dev.berth.catalog.RunningCatalog.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.EditImage;
import dev.berth.contract.CatalogContract.FindAlias;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.ImageIsReplaced;
import dev.berth.contract.CatalogContract.ReplaceImage;
import dev.berth.contract.Refused;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newer image takes the place of an old one (rest-api 6.3, 178, 180; reliability R26). */
class ReplacingTest {
    private static final Instant USED = Samples.NOW.plusSeconds(1_000);
    private static final Image OLD = Samples.cached(1, USED, "debian", "debian/12");
    private static final Image NEWER = Samples.cached(2, Samples.NOW);

    private final Snapshot snapshot = Snapshot.of(List.of(OLD, NEWER), Map.of());

    @TempDir
    private Path folder;

    @Test
    @DisplayName("rest-api 178, 180: names, profiles and last use move, the old record goes")
    void names_profiles_and_last_use_move_and_the_old_record_goes() {
        Decision<ImageIsReplaced> decision = replace(snapshot, OLD, NEWER);
        Snapshot after = snapshot.after(decision.steps());

        assertThat(after.shelf("default").image(OLD.fingerprint().hex())).isEmpty();
        Image image = after.shelf("default").image(NEWER.fingerprint().hex()).orElseThrow();
        assertThat(image.aliases()).isEqualTo(OLD.aliases());
        assertThat(image.profiles()).isEqualTo(OLD.profiles());
        assertThat(image.lastUsedAt()).isEqualTo(USED);
        assertThat(image.cached()).isTrue();
        assertThat(image.properties()).isEqualTo(NEWER.properties());
    }

    @Test
    void the_move_is_told_before_the_end_of_the_old_one() {
        assertThat(replace(snapshot, OLD, NEWER).news()).extracting(event -> event.json()).satisfiesExactly(
                one -> assertThat(one).contains("image-alias-updated", "aliases/debian\"", NEWER.fingerprint().hex()),
                two -> assertThat(two).contains("image-alias-updated", "debian%2F12", NEWER.fingerprint().hex()),
                three -> assertThat(three).contains("image-refreshed", NEWER.fingerprint().hex()),
                four -> assertThat(four).contains("image-deleted", OLD.fingerprint().hex()));
    }

    @Test
    void an_image_that_shall_stay_is_not_replaced_by_one_that_may_be_forgotten() {
        Image stays = Samples.image(3, "mine");
        Snapshot both = Snapshot.of(List.of(stays, NEWER), Map.of());

        Image after = image(replace(both, stays, NEWER));

        assertThat(after.cached()).isFalse();
    }

    @Test
    void an_image_that_nobody_uses_grows_old_however_often_it_is_replaced() {
        Image longUnused = Samples.cached(1, Samples.NOW.minusSeconds(800_000), "debian");
        Image arrived = Samples.cached(2, Samples.cached(2, USED).uploadedAt());
        Snapshot both = Snapshot.of(List.of(longUnused, arrived), Map.of());
        ReplaceImage brought = new ReplaceImage("default", longUnused.fingerprint(), arrived.fingerprint(), true, ANNA);

        assertThat(image(CatalogRules.replace(both, brought, Samples.NOW)).lastUsedAt()).isEqualTo(longUnused.lastUsedAt());
        assertThat(image(replace(both, longUnused, arrived)).lastUsedAt())
                .as("one that came for another use was used then")
                .isEqualTo(arrived.lastUsedAt());
    }

    @Test
    void names_of_the_newer_one_stay_its_own() {
        Image named = Samples.image(4, "stable");
        Snapshot both = Snapshot.of(List.of(OLD, named), Map.of());

        Image after = image(replace(both, OLD, named));

        assertThat(after.aliases()).extracting(alias -> alias.name()).containsExactly("debian", "debian/12", "stable");
    }

    @Test
    @DisplayName("peers b.8: the same fingerprint in another project stays, with its names")
    void the_record_of_another_project_stays() {
        Image elsewhere = Samples.image("other", 1, true, "theirs");
        Snapshot all = Snapshot.of(List.of(OLD, NEWER, elsewhere), Map.of());

        Snapshot after = all.after(replace(all, OLD, NEWER).steps());

        assertThat(after.shelf("other").image(elsewhere.fingerprint().hex())).contains(elsewhere);
        assertThat(after.blobs().refersTo(elsewhere.files().get(0).blob())).isTrue();
    }

    @Test
    void what_is_not_there_or_the_same_is_refused() {
        Image unknown = Samples.image(9);

        assertThat(replace(snapshot, OLD, unknown)).isEqualTo(Decision.no(ImageSearch.NOT_FOUND));
        assertThat(replace(snapshot, unknown, OLD)).isEqualTo(Decision.no(ImageSearch.NOT_FOUND));
        assertThat(replace(snapshot, OLD, OLD).answer().fold(yes -> null, Refused::reason))
                .isEqualTo(Refused.Reason.INVALID);
    }

    @Test
    @DisplayName("reliability R26: a name is never dangling while images are replaced")
    void a_name_always_leads_to_an_image() throws Exception {
        try (RunningCatalog catalog = RunningCatalog.in(folder)) {
            catalog.keep(Samples.image(0, "debian"));
            List<Future<?>> writes = new ArrayList<>();
            for (int i = 1; i < 40; i++) {
                Image next = Samples.image(i);
                Fingerprint before = Samples.image(i - 1).fingerprint();
                writes.add(catalog.bus.ask(CatalogContract.KEEP_IMAGE, new CatalogContract.KeepImage(next, ANNA)));
                writes.add(catalog.bus.ask(
                        CatalogContract.REPLACE_IMAGE, new ReplaceImage("default", before, next.fingerprint(), true, ANNA)));
            }
            Future<?> all = Future.all(writes);
            int polls = 0;
            while (!all.isComplete() || polls == 0) {
                polls++;
                Fingerprint target = catalog.require(CatalogContract.FIND_ALIAS, new FindAlias("default", "debian", false))
                        .target();
                assertThat(target).isNotNull();
            }
            RunningCatalog.await(all);
        }
        try (RunningCatalog again = RunningCatalog.in(folder)) {
            Fingerprint last = Samples.image(39).fingerprint();
            assertThat(again.require(CatalogContract.FIND_ALIAS, new FindAlias("default", "debian", false)).target())
                    .isEqualTo(last);
            assertThat(again.ask(CatalogContract.FIND_IMAGE, new FindImage("default", Samples.image(38).fingerprint().hex(), false)))
                    .isEqualTo(Answer.no(ImageSearch.NOT_FOUND));
        }
    }

    @Test
    void what_moved_is_still_moved_after_a_restart() throws Exception {
        try (RunningCatalog catalog = RunningCatalog.in(folder)) {
            catalog.keep(OLD);
            catalog.keep(NEWER);
            catalog.require(CatalogContract.EDIT_IMAGE, new EditImage(
                    "default", OLD.fingerprint(), null, null, null, null, true, List.of("gpu", "default"), null, ANNA));
            catalog.require(CatalogContract.REPLACE_IMAGE, new ReplaceImage("default", OLD.fingerprint(), NEWER.fingerprint(), true, ANNA));
        }
        try (RunningCatalog again = RunningCatalog.in(folder)) {
            Image image = again.find(NEWER).image();
            assertThat(image.profiles()).containsExactly("gpu", "default");
            assertThat(image.aliases()).isEqualTo(OLD.aliases());
            assertThat(image.lastUsedAt()).isEqualTo(USED);
        }
    }

    private static Image image(Decision<ImageIsReplaced> decision) {
        return decision.answer().fold(ImageIsReplaced::image, refused -> null);
    }

    private static Decision<ImageIsReplaced> replace(Snapshot snapshot, Image old, Image newer) {
        ReplaceImage call = new ReplaceImage("default", old.fingerprint(), newer.fingerprint(), false, ANNA);
        return CatalogRules.replace(snapshot, call, Samples.NOW);
    }
}
