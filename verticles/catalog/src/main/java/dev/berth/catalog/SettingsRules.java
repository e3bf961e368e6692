package dev.berth.catalog;

import dev.berth.contract.CatalogContract.ChangeSettings;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Refused;
import dev.berth.lxd.EntityTag;
import dev.berth.lxd.ServerSettings;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Decides changes of the server settings on a snapshot. Pure. */
final class SettingsRules {
    private SettingsRules() {}

    /** @param call its trust password, if it brings one, is hashed already */
    static Decision<Settings> change(Snapshot snapshot, ChangeSettings call, Instant now) {
        String etag = EntityTag.of(ServerSettings.editable(snapshot.settings()));
        if (!EntityTag.allows(call.ifMatch(), etag)) {
            return Decision.no(Refused.changed(etag, call.ifMatch()));
        }
        Optional<String> complaint = ServerSettings.complaint(call.values());
        if (complaint.isPresent()) {
            return Decision.no(Refused.invalid(complaint.get()));
        }
        Map<String, String> before = snapshot.settings();
        Map<String, String> after = ServerSettings.changed(before, call.values(), call.replace());
        if (after.equals(before)) {
            return Decision.unchanged(shown(before));
        }
        Event event = new News(call.requestor(), now).settingsUpdated(difference(before, after));
        return Decision.yes(shown(after), List.of(new Step.Set(after)), List.of(event));
    }

    /** Settings as other features and clients read them. */
    static Settings shown(Map<String, String> settings) {
        String hash = settings.getOrDefault(ServerSettings.TRUST_PASSWORD, "");
        return new Settings(ServerSettings.visible(settings), !hash.isEmpty(), hash);
    }

    /** Changed keys with their new texts; a secret is only said to have changed. */
    private static Map<String, String> difference(Map<String, String> before, Map<String, String> after) {
        Set<String> keys = new HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        Map<String, String> changed = new TreeMap<>();
        for (String key : keys) {
            if (!Objects.equals(before.get(key), after.get(key))) {
                boolean isSecret = key.equals(ServerSettings.TRUST_PASSWORD);
                changed.put(key, isSecret ? ServerSettings.UNCHANGED : after.getOrDefault(key, ""));
            }
        }
        return changed;
    }
}
