package dev.berth.catalog;

import static dev.berth.catalog.RunningCatalog.ANNA;
import static dev.berth.catalog.RunningCatalog.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.AdoptImage;
import dev.berth.contract.CatalogContract.CreateAlias;
import dev.berth.contract.CatalogContract.EditImage;
import dev.berth.contract.CatalogContract.FindAlias;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.FindReferences;
import dev.berth.contract.CatalogContract.ImageExists;
import dev.berth.contract.CatalogContract.ImageIsEdited;
import dev.berth.contract.CatalogContract.ImageIsKept;
import dev.berth.contract.CatalogContract.KeepImage;
import dev.berth.contract.CatalogContract.ListAliases;
import dev.berth.contract.CatalogContract.References;
import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.CatalogContract.Removed;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.contract.Done;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.Refused;
import dev.berth.image.Alias;
import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.UpdateSource;
import dev.berth.lxd.EntityTag;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogVerticleTest {
    @TempDir
    private Path folder;

    private RunningCatalog catalog;

    @BeforeEach
    void start() throws Exception {
        catalog = RunningCatalog.in(folder);
    }

    @AfterEach
    void stop() throws Exception {
        catalog.close();
    }

    @Test
    void a_kept_image_is_found_by_fingerprint_prefix_and_name() throws Exception {
        Image image = Samples.image(1, "debian/12");

        assertThat(catalog.keep(image)).isEqualTo(new ImageIsKept(image));

        assertThat(catalog.find(image).image()).isEqualTo(image);
        FindImage prefix = new FindImage("default", image.fingerprint().shortForm(), true);
        assertThat(catalog.require(CatalogContract.FIND_IMAGE, prefix).etag()).startsWith("\"");
        FindAlias name = new FindAlias("default", "debian/12", true);
        assertThat(catalog.require(CatalogContract.FIND_ALIAS, name).target()).isEqualTo(image.fingerprint());
        assertThat(catalog.keep(image)).isEqualTo(new ImageExists(image));
    }

    @Test
    void everything_is_still_there_after_a_restart() throws Exception {
        Image split = Samples.split(1, "rootfs");
        catalog.keep(Samples.image(2, "two", "zwei"));
        catalog.keep(Samples.image("other", 2, false, "two"));
        catalog.keep(split);
        Instant far = Instant.parse("9999-12-31T23:59:59Z");
        catalog.require(
                CatalogContract.EDIT_IMAGE,
                new EditImage("default", split.fingerprint(), null, false, true, Map.of("ü", "\"ö\"\n"), false,
                        List.of("b", "a"), far, ANNA));
        List<String> before = documents();

        restart();

        assertThat(documents()).isEqualTo(before).hasSize(3);
        assertThat(catalog.find(split).image().expiresAt()).isEqualTo(far);
        assertThat(catalog.find(split).image().profiles()).containsExactly("b", "a");
        assertThat(catalog.find(split).image().files()).isEqualTo(split.files());
    }

    @Test
    void what_a_second_copy_changes_is_still_so_after_a_restart() throws Exception {
        Image image = Samples.image(2, "two");
        catalog.keep(image);
        UpdateSource source = new UpdateSource("https://h:8443", "lxd", "PEM", "web", "container", true);
        Image after = catalog.require(
                        CatalogContract.ADOPT_IMAGE,
                        new AdoptImage(
                                "default", image.fingerprint(), false, true, null, "new.tar.xz", null, null, source, ANNA))
                .image();
        assertThat(after.source()).isEqualTo(source);

        restart();

        assertThat(catalog.find(image).image()).isEqualTo(after);
    }

    @Test
    void a_write_that_breaks_half_way_leaves_the_catalog_as_it_was() throws Exception {
        catalog.keep(Samples.image(1, "one"));
        List<String> before = documents();
        run("create trigger breaks before insert on alias begin select raise(abort, 'the plug was pulled'); end");

        KeepImage broken = new KeepImage(Samples.image(2, "two"), ANNA);
        assertThatThrownBy(() -> catalog.ask(CatalogContract.KEEP_IMAGE, broken)).hasMessageContaining("the plug was pulled");

        assertThat(documents()).isEqualTo(before);
        run("drop trigger breaks");
        assertThat(catalog.keep(Samples.image(2, "two"))).isInstanceOf(ImageIsKept.class);
        restart();
        assertThat(documents()).hasSize(2).containsAll(before);
    }

    @Test
    void nothing_is_written_on_a_guess_of_what_the_tables_hold() throws Exception {
        Image image = Samples.image(2);
        run("alter table image rename to unreadable");
        assertThatThrownBy(() -> catalog.keep(image)).isNotNull();
        run("alter table unreadable rename to image");
        await(catalog.sql.<Void>write(connection -> {
            StepWriter.write(connection, List.of(new Step.Put(image)));
            return null;
        }));

        assertThat(catalog.keep(image)).as("the commit was told as failed and had reached the disk").isEqualTo(new ImageExists(image));
    }

    @Test
    void a_full_database_refuses_the_write_and_goes_on_serving() throws Exception {
        catalog.keep(Samples.image(1, "one"));
        run("pragma max_page_count = 1");
        Files.delete(folder.resolve("berth.db.reserve"));

        Image big = Samples.image(2, "x".repeat(400_000));
        assertThat(catalog.ask(CatalogContract.KEEP_IMAGE, new KeepImage(big, ANNA)))
                .isEqualTo(Answer.no(Refused.full("no space left for the catalog; delete images or enlarge the disk")));

        assertThat(documents()).hasSize(1);
    }

    @Test
    void a_blob_whose_record_still_waits_to_be_written_is_referred_to() throws Exception {
        CompletableFuture<Void> slowDisk = new CompletableFuture<>();
        catalog.sql.<Void>write(connection -> slowDisk.join());
        Image image = Samples.image(1);
        List<BlobId> blobs = image.files().stream().map(ImageFile::blob).toList();
        catalog.bus.ask(CatalogContract.KEEP_IMAGE, new KeepImage(image, ANNA));
        Future<References> references =
                catalog.bus.ask(CatalogContract.FIND_REFERENCES, new FindReferences(blobs));
        catalog.ask(CatalogContract.FIND_IMAGE, new FindImage("default", "asked after both", false));

        slowDisk.complete(null);

        assertThat(await(references).blobs()).containsExactlyElementsOf(blobs);
    }

    @Test
    @DisplayName("rest-api 79: of many edits with the same tag exactly one wins")
    void of_many_edits_with_the_same_tag_exactly_one_wins() throws Exception {
        Image image = Samples.image(1);
        catalog.keep(image);
        String etag = catalog.find(image).etag();
        List<Future<Answer<ImageIsEdited>>> edits = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            edits.add(catalog.bus.ask(
                    CatalogContract.EDIT_IMAGE,
                    new EditImage("default", image.fingerprint(), etag, null, null, Map.of("winner", "" + i), true, null,
                            null, ANNA)));
        }
        await(Future.join(edits));

        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).result() instanceof Answer.Yes) {
                winners.add(i);
            } else {
                assertThat(edits.get(i).result().toString()).contains("ETag doesn't match: ");
            }
        }
        assertThat(winners).hasSize(1);
        assertThat(catalog.find(image).image().properties()).containsEntry("winner", "" + winners.get(0));
    }

    @Test
    void of_two_who_keep_the_same_name_at_once_one_is_refused_whole() throws Exception {
        Future<?> one = catalog.bus.ask(CatalogContract.KEEP_IMAGE, new KeepImage(Samples.image(1, "name"), ANNA));
        Future<?> two = catalog.bus.ask(CatalogContract.KEEP_IMAGE, new KeepImage(Samples.image(2, "name"), ANNA));
        await(Future.join(one, two));

        assertThat(one.result()).isInstanceOf(Answer.Yes.class);
        assertThat(two.result().toString()).contains("CONFLICT", "Alias already exists: name");
        assertThat(documents()).hasSize(1);
    }

    @Test
    @DisplayName("rest-api 91, 199: events are told in order, before the answer")
    void events_are_told_in_order_before_the_answer() throws Exception {
        List<String> heard = new ArrayList<>();
        Promise<Void> written = Promise.promise();
        catalog.vertx.runOnContext(here -> catalog.bus
                .hear(OperationsContract.EVENT, event -> heard.add(action(event.json())))
                .compose(listening -> catalog.bus.ask(CatalogContract.KEEP_IMAGE, new KeepImage(Samples.image(1, "one"), ANNA)))
                .onSuccess(kept -> heard.add("kept"))
                .compose(kept -> catalog.bus.ask(
                        CatalogContract.REMOVE_IMAGE, new RemoveImage("default", Samples.image(1).fingerprint(), ANNA)))
                .onSuccess(removed -> heard.add("removed"))
                .<Void>mapEmpty()
                .onComplete(written));
        await(written.future());

        assertThat(heard)
                .containsExactly(
                        "image-alias-created", "image-created", "kept", "image-alias-deleted", "image-deleted", "removed");
    }

    @Test
    void blobs_are_orphaned_when_their_last_project_lets_go() throws Exception {
        Image here = Samples.image("default", 1, true);
        Image there = Samples.image("other", 1, false);
        List<BlobId> orphans = new ArrayList<>();
        await(catalog.bus.hear(CatalogContract.ORPHANED, news -> orphans.addAll(news.blobs())));
        catalog.keep(here);
        catalog.keep(there);

        remove(here);
        assertThat(references()).hasSize(1);
        remove(there);

        assertThat(references()).isEmpty();
        Future<Void> heard = Future.future(promise ->
                catalog.vertx.setPeriodic(5, tick -> {
                    if (!orphans.isEmpty()) {
                        promise.tryComplete();
                    }
                }));
        await(heard.timeout(10, TimeUnit.SECONDS));
        assertThat(orphans).containsExactly(here.files().get(0).blob());
    }

    @Test
    void every_record_that_goes_is_announced_so_that_its_secrets_go_too() throws Exception {
        Image here = Samples.image("default", 1, true);
        Image there = Samples.image("other", 1, false);
        Promise<Removed> heard = Promise.promise();
        await(catalog.bus.hear(CatalogContract.REMOVED, heard::tryComplete));
        catalog.keep(here);
        catalog.keep(there);

        remove(there);

        assertThat(await(heard.future().timeout(10, TimeUnit.SECONDS)))
                .isEqualTo(new Removed("other", there.fingerprint()));
    }

    @Test
    void a_use_survives_a_stop_at_once() throws Exception {
        Image image = Samples.image(1);
        Instant used = Instant.parse("2026-11-23T09:00:00Z");
        catalog.keep(image);
        String etag = catalog.find(image).etag();
        assertThat(await(catalog.bus.ask(
                        CatalogContract.TOUCH_IMAGE, new TouchImage("default", image.fingerprint(), used))))
                .isEqualTo(Done.DONE);

        restart();

        assertThat(catalog.find(image).image().lastUsedAt()).isEqualTo(used);
        assertThat(EntityTag.allows(etag, catalog.find(image).etag())).isTrue();
    }

    @Test
    void a_thousand_uses_cost_one_commit() throws Exception {
        Image image = Samples.image(1);
        catalog.keep(image);
        List<Future<?>> uses = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            TouchImage use = new TouchImage("default", image.fingerprint(), Samples.NOW.plusSeconds(i));
            uses.add(catalog.bus.ask(CatalogContract.TOUCH_IMAGE, use));
        }
        await(Future.all(uses));
        Timer writes = catalog.registry.get("berth.catalog.write").timer();

        restart();

        assertThat(writes.count()).isEqualTo(2);
        assertThat(catalog.find(image).image().lastUsedAt()).isEqualTo(Samples.NOW.plusSeconds(999));
    }

    @Test
    @DisplayName("rest-api 189, 197: names are listed escaped once, or as documents")
    void names_are_listed_escaped_once_or_as_documents() throws Exception {
        Image image = Samples.image(1);
        catalog.keep(image);
        catalog.require(
                CatalogContract.CREATE_ALIAS,
                new CreateAlias("default", new Alias("debian/12", "text"), image.fingerprint().shortForm(), false, ANNA));

        assertThat(aliases(false)).endsWith("\"metadata\":[\"/1.0/images/aliases/debian%2F12\"]}\n");
        assertThat(aliases(true))
                .endsWith("\"metadata\":[{\"name\":\"debian/12\",\"description\":\"text\",\"target\":\"" + image.fingerprint()
                        + "\",\"type\":\"container\"}]}\n");
    }

    @Test
    void a_name_of_a_private_image_does_not_exist_for_strangers() throws Exception {
        catalog.keep(Samples.image("default", 1, false, "hidden"));

        assertThat(catalog.ask(CatalogContract.FIND_ALIAS, new FindAlias("default", "hidden", true)))
                .isEqualTo(Answer.no(AliasRules.NOT_FOUND));
        assertThat(catalog.require(CatalogContract.FIND_ALIAS, new FindAlias("default", "hidden", false)).alias().name())
                .isEqualTo("hidden");
    }

    @Test
    void the_size_of_the_catalog_is_metered() throws Exception {
        catalog.keep(Samples.split(1, "same"));
        catalog.keep(Samples.split(2, "same"));
        catalog.keep(Samples.image(3, "a", "b"));

        assertThat(catalog.registry.get("berth.catalog.images").gauge().value()).isEqualTo(3);
        assertThat(catalog.registry.get("berth.catalog.aliases").gauge().value()).isEqualTo(2);
        assertThat(catalog.registry.get("berth.catalog.bytes").gauge().value()).isEqualTo(1_120);
        assertThat(catalog.registry.get("berth.catalog.write").timer().count()).isEqualTo(3);
    }

    private void restart() throws Exception {
        catalog.close();
        catalog = RunningCatalog.in(folder);
    }

    private void remove(Image image) throws Exception {
        catalog.require(CatalogContract.REMOVE_IMAGE, new RemoveImage(image.project(), image.fingerprint(), ANNA));
    }

    private List<BlobId> references() throws Exception {
        return await(catalog.bus.ask(CatalogContract.FIND_REFERENCES, new FindReferences(List.of()))).blobs();
    }

    private String aliases(boolean recursive) throws Exception {
        ListAliases call = new ListAliases(List.of("default"), recursive, false);
        return new String(catalog.require(CatalogContract.LIST_ALIASES, call).body(), StandardCharsets.UTF_8);
    }

    private List<String> documents() throws Exception {
        Snapshot snapshot = await(catalog.sql.read(SnapshotReader::read));
        List<String> documents = new ArrayList<>();
        for (String project : List.of("default", "other")) {
            for (ImageEntry entry : snapshot.shelf(project).images().stream().toList()) {
                byte[] served = catalog.find(entry.image()).json();
                assertThat(served).isEqualTo(entry.json());
                documents.add(new String(served, StandardCharsets.UTF_8));
            }
        }
        return documents;
    }

    private void run(String statement) throws Exception {
        await(catalog.sql.write(connection -> execute(connection, statement)));
    }

    private static boolean execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(text);
        }
    }

    private static String action(String json) {
        int from = json.indexOf("\"action\":\"") + 10;
        return json.substring(from, json.indexOf('"', from));
    }
}
