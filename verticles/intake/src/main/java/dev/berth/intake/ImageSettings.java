package dev.berth.intake;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ReadSettings;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.FindProject;
import dev.berth.image.Architecture;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The settings that decide about cached images; a project's own win over the server's (rest-api 6.1). */
final class ImageSettings {
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");

    private final Bus bus;

    ImageSettings(Bus bus) {
        this.bus = bus;
    }

    /**
     * @param autoUpdateCached whether cached images follow their source
     * @param architecture the one that is meant when none is named, or null
     */
    record Rules(boolean autoUpdateCached, Architecture architecture) {}

    Future<Rules> of(String project) {
        Future<Map<String, String>> server =
                bus.ask(CatalogContract.READ_SETTINGS, new ReadSettings()).map(settings -> settings.values());
        Future<Map<String, String>> own = bus.ask(TrustContract.FIND_PROJECT, new FindProject(project))
                .map(answer -> answer.fold(is -> is.project().config(), unknown -> Map.of()));
        return Future.all(server, own).map(both -> rules(server.result(), own.result()));
    }

    static Rules rules(Map<String, String> server, Map<String, String> project) {
        Map<String, String> all = new HashMap<>(server);
        all.putAll(project);
        String follows = all.getOrDefault("images.auto_update_cached", "true");
        String architecture = all.getOrDefault("images.default_architecture", "");
        return new Rules(
                YES.contains(follows.toLowerCase(Locale.ROOT)), Architecture.find(architecture).orElse(null));
    }
}
