package dev.berth.expire;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Kind;
import dev.berth.contract.CatalogContract.ListRecords;
import dev.berth.contract.CatalogContract.ReadSettings;
import dev.berth.contract.CatalogContract.Records;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Survey;
import dev.berth.contract.StoreContract.Surveyed;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.ListProjects;
import dev.berth.contract.TrustContract.Projects;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.ImageSettings;
import io.vertx.core.Future;

/** Asks catalog, store and trust for what a decision needs. */
final class SceneReader {
    private final Bus bus;

    SceneReader(Bus bus) {
        this.bus = bus;
    }

    /** The settings are read first: a change that comes later is compared with them. */
    Future<Scene> scene() {
        return settings().compose(settings -> {
            Future<Records> records = bus.ask(CatalogContract.LIST_RECORDS, new ListRecords(Kind.CACHED));
            Future<Surveyed> survey = bus.ask(StoreContract.SURVEY, new Survey());
            return Future.all(records, survey).map(read -> Scene.of(records.result(), survey.result(), settings));
        });
    }

    Future<ImageSettings> settings() {
        Future<Settings> settings = bus.ask(CatalogContract.READ_SETTINGS, new ReadSettings());
        Future<Projects> projects = bus.ask(TrustContract.LIST_PROJECTS, new ListProjects());
        return Future.all(settings, projects).map(read -> ImageSettings.of(settings.result(), projects.result()));
    }
}
