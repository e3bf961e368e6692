package dev.berth.catalog;

import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Requestor;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.lxd.Lifecycle;
import dev.berth.lxd.PathSegment;
import java.time.Instant;
import java.util.Map;

/** Lifecycle events of the catalog: one person's doing at one moment (rest-api 4.5). */
record News(Requestor requestor, Instant now) {
    private static final String IMAGES = "/1.0/images/";
    private static final String ALIASES = "/1.0/images/aliases/";

    Event imageCreated(Image image) {
        return image("image-created", image, Map.of("type", image.type().wireName()));
    }

    Event imageUpdated(Image image) {
        return image("image-updated", image, Map.of());
    }

    Event imageRefreshed(Image image) {
        return image("image-refreshed", image, Map.of());
    }

    Event imageDeleted(Image image) {
        return image("image-deleted", image, Map.of());
    }

    Event aliasCreated(String project, String name, Fingerprint target) {
        return alias("image-alias-created", project, name, Map.of("target", target.hex()));
    }

    Event aliasUpdated(String project, String name, Fingerprint target) {
        return alias("image-alias-updated", project, name, Map.of("target", target.hex()));
    }

    Event aliasRenamed(String project, String name, String oldName) {
        return alias("image-alias-renamed", project, name, Map.of("old_name", oldName));
    }

    Event aliasDeleted(String project, String name) {
        return alias("image-alias-deleted", project, name, Map.of());
    }

    Event settingsUpdated(Map<String, String> changes) {
        return Lifecycle.event("config-updated", "/1.0", changes, requestor, "", now).forAdmins();
    }

    private Event image(String action, Image image, Map<String, String> context) {
        String source = IMAGES + image.fingerprint().hex();
        return Lifecycle.event(action, source, context, requestor, image.project(), now);
    }

    private Event alias(String action, String project, String name, Map<String, String> context) {
        return Lifecycle.event(action, ALIASES + PathSegment.escape(name), context, requestor, project, now);
    }
}
