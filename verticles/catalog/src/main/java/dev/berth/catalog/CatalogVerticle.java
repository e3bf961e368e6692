package dev.berth.catalog;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.AliasIs;
import dev.berth.contract.CatalogContract.ChangeSettings;
import dev.berth.contract.CatalogContract.FindAlias;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.FindReferences;
import dev.berth.contract.CatalogContract.Found;
import dev.berth.contract.CatalogContract.ImageIsRemoved;
import dev.berth.contract.CatalogContract.ImageIsReplaced;
import dev.berth.contract.CatalogContract.ListRecords;
import dev.berth.contract.CatalogContract.Records;
import dev.berth.contract.CatalogContract.References;
import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.CatalogContract.ReplaceImage;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.CatalogContract.Selected;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.contract.Done;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.secret.PasswordHash;
import dev.berth.kit.sql.Sql;
import dev.berth.lxd.ServerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers {@link CatalogContract}. One instance per node; the database belongs to who made it. */
public final class CatalogVerticle extends VerticleBase {
    private static final int WORKERS = 2;

    private final Sql sql;
    private final Clock clock;
    private final CatalogState state = new CatalogState();
    private final CatalogMeters meters;
    private CatalogWriter writer;
    private CatalogLists lists;
    private Touches touches;
    private WorkerExecutor workers;

    public CatalogVerticle(Sql sql, Clock clock, MeterRegistry registry) {
        this.sql = sql;
        this.clock = clock;
        this.meters = new CatalogMeters(registry, state);
    }

    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx);
        workers = vertx.createSharedWorkerExecutor("berth-catalog", WORKERS);
        writer = new CatalogWriter(sql, bus, state, meters);
        lists = new CatalogLists(state, workers);
        touches = new Touches(vertx, state, writer);
        return sql.migrate("catalog")
                .compose(migrated -> writer.reload())
                .compose(loaded -> Future.all(List.of(images(bus), aliases(bus), settings(bus))));
    }

    @Override
    public Future<?> stop() {
        return touches.flush().compose(flushed -> writer.settled()).compose(settled -> workers.close());
    }

    private Future<?> images(Bus bus) {
        return Future.all(List.of(
                bus.answer(CatalogContract.FIND_IMAGE, call -> Future.succeededFuture(find(call))),
                bus.answer(CatalogContract.LIST_IMAGES, lists::images),
                bus.answer(CatalogContract.FIND_REFERENCES, this::references),
                bus.answer(CatalogContract.TOUCH_IMAGE, call -> Future.succeededFuture(touch(call))),
                bus.answer(CatalogContract.KEEP_IMAGE, call -> writer.write(now -> CatalogRules.keep(now, call, time()))),
                bus.answer(CatalogContract.EDIT_IMAGE, call -> writer.write(now -> CatalogRules.edit(now, call, time()))),
                bus.answer(CatalogContract.ADOPT_IMAGE, call -> writer.write(now -> CatalogRules.adopt(now, call, time()))),
                bus.answer(CatalogContract.SELECT_IMAGES, call -> Future.succeededFuture(select(call))),
                bus.answer(CatalogContract.LIST_RECORDS, call -> Future.succeededFuture(records(call))),
                bus.answer(CatalogContract.REMOVE_IMAGE, this::remove),
                bus.answer(CatalogContract.REPLACE_IMAGE, this::replace)));
    }

    private Future<?> aliases(Bus bus) {
        return Future.all(List.of(
                bus.answer(CatalogContract.FIND_ALIAS, call -> Future.succeededFuture(find(call))),
                bus.answer(CatalogContract.LIST_ALIASES, lists::aliases),
                bus.answer(CatalogContract.CREATE_ALIAS, call -> writer.write(now -> AliasRules.create(now, call, time()))),
                bus.answer(CatalogContract.EDIT_ALIAS, call -> writer.write(now -> AliasRules.edit(now, call, time()))),
                bus.answer(CatalogContract.RENAME_ALIAS, call -> writer.write(now -> AliasRules.rename(now, call, time()))),
                bus.answer(
                        CatalogContract.DELETE_ALIAS,
                        call -> writer.write(now -> AliasRules.delete(now, call, time())))));
    }

    private Future<?> settings(Bus bus) {
        return Future.all(
                bus.answer(
                        CatalogContract.READ_SETTINGS,
                        call -> Future.succeededFuture(SettingsRules.shown(state.snapshot().settings()))),
                bus.answer(CatalogContract.CHANGE_SETTINGS, this::change));
    }

    private Answer<Found> find(FindImage call) {
        Shelf shelf = state.snapshot().shelf(call.project());
        return ImageSearch.find(shelf, call.name(), call.visibleOnly()).map(ImageEntry::found);
    }

    private Selected select(SelectImages call) {
        return new Selected(ImageSearch.select(state.snapshot(), call));
    }

    private Answer<AliasIs> find(FindAlias call) {
        Shelf shelf = state.snapshot().shelf(call.project());
        Optional<AliasEntry> found = shelf.aliases()
                .find(call.name())
                .filter(entry -> !call.visibleOnly() || shelf.isVisible(entry.target()));
        return found.map(entry -> Answer.yes(entry.is())).orElseGet(() -> Answer.no(AliasRules.NOT_FOUND));
    }

    /** A blob is unlinked by this answer, so a record that still waits to be written counts. */
    private Future<References> references(FindReferences call) {
        return writer.settled().map(settled -> new References(state.snapshot().blobs().among(call.blobs())));
    }

    private Records records(ListRecords call) {
        return RecordLists.of(state.snapshot(), call);
    }

    /** A use that still waits for its commit keeps an image as well as one that is written. */
    private Future<Answer<ImageIsRemoved>> remove(RemoveImage call) {
        return writer.write(now -> touches.keep(call) ? Decision.no(CatalogRules.USED) : CatalogRules.remove(now, call, time()));
    }

    /** Uses of the old one are written first, so that the newer one inherits them. */
    private Future<Answer<ImageIsReplaced>> replace(ReplaceImage call) {
        touches.flush();
        return writer.write(now -> CatalogRules.replace(now, call, time()));
    }

    private Done touch(TouchImage call) {
        touches.note(call);
        return Done.DONE;
    }

    private Future<Answer<Settings>> change(ChangeSettings call) {
        return withHashedPassword(call)
                .compose(hashed -> writer.write(now -> SettingsRules.change(now, hashed, time())));
    }

    /** Hashing is slow on purpose, so it is done before the write has its turn, by a worker. */
    private Future<ChangeSettings> withHashedPassword(ChangeSettings call) {
        if (!ServerSettings.setsTrustPassword(call.values())) {
            return Future.succeededFuture(call);
        }
        String password = call.values().get(ServerSettings.TRUST_PASSWORD);
        return workers.executeBlocking(() -> PasswordHash.of(password), false).map(hash -> {
            Map<String, String> values = new HashMap<>(call.values());
            values.put(ServerSettings.TRUST_PASSWORD, hash);
            return new ChangeSettings(values, call.replace(), call.ifMatch(), call.requestor());
        });
    }

    private Instant time() {
        return clock.instant();
    }
}
