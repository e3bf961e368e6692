package dev.berth.serve.edge;

import dev.berth.contract.CatalogContract;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings that concern the edge, as last heard of. Event loop only. */
final class ServerSettings {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSettings.class);

    private final Bus bus;
    private Map<String, String> values = Map.of();

    ServerSettings(Bus bus) {
        this.bus = bus;
    }

    /** Follows changes from now on. A catalog that does not answer yet is no obstacle: it will announce itself. */
    Future<Void> follow() {
        return bus.hear(CatalogContract.CHANGED, changed -> read()).onSuccess(listening -> read());
    }

    /** The value, or an empty text. */
    String value(String key) {
        return values.getOrDefault(key, "");
    }

    private void read() {
        bus.ask(CatalogContract.READ_SETTINGS, new CatalogContract.ReadSettings())
                .onSuccess(settings -> values = settings.values())
                .onFailure(cause -> LOG.debug("keeping the settings known so far: {}", cause.toString()));
    }
}
