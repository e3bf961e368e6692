package dev.berth.catalog;

import dev.berth.contract.CatalogContract.AdoptImage;
import dev.berth.contract.CatalogContract.EditImage;
import dev.berth.image.Alias;
import dev.berth.image.Image;
import dev.berth.image.UpdateSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An image on its way to a slightly different one; what is not mentioned stays. */
final class ImageDraft {
    private final Image before;
    private boolean visible;
    private boolean autoUpdate;
    private boolean cached;
    private String filename;
    private Map<String, String> properties;
    private List<Alias> aliases;
    private List<String> profiles;
    private Instant lastUsedAt;
    private Instant expiresAt;
    private UpdateSource source;

    private ImageDraft(Image before) {
        this.before = before;
        this.visible = before.visible();
        this.autoUpdate = before.autoUpdate();
        this.cached = before.cached();
        this.filename = before.filename();
        this.properties = before.properties();
        this.aliases = before.aliases();
        this.profiles = before.profiles();
        this.lastUsedAt = before.lastUsedAt();
        this.expiresAt = before.expiresAt();
        this.source = before.source();
    }

    static ImageDraft of(Image before) {
        return new ImageDraft(before);
    }

    ImageDraft usedAt(Instant time) {
        lastUsedAt = time;
        return this;
    }

    /**
     * Takes over what people gave to an older image: its names, its profiles and its last use. When somebody asked for the
     * older one to stay, that holds for this one too.
     *
     * @param brought this one came for that purpose only, which is no use of it
     */
    ImageDraft inPlaceOf(Image older, boolean brought) {
        aliases = new ArrayList<>(aliases);
        aliases.addAll(older.aliases());
        profiles = older.profiles();
        cached = cached && older.cached();
        boolean unused = brought && !lastUsedAt.isAfter(before.uploadedAt());
        Instant inherited = cached ? older.idleSince() : older.lastUsedAt();
        lastUsedAt = unused || inherited.isAfter(lastUsedAt) ? inherited : lastUsedAt;
        return this;
    }

    ImageDraft named(Alias alias) {
        aliases = new ArrayList<>(aliases);
        aliases.add(alias);
        return this;
    }

    ImageDraft unnamed(String name) {
        aliases = aliases.stream().filter(alias -> !alias.name().equals(name)).toList();
        return this;
    }

    /** PUT and PATCH of rest-api 3.9: a property with an empty value goes. */
    ImageDraft edited(EditImage edit) {
        visible = edit.visible() == null ? visible : edit.visible();
        autoUpdate = edit.autoUpdate() == null ? autoUpdate : edit.autoUpdate();
        profiles = edit.profiles() == null ? profiles : edit.profiles();
        expiresAt = edit.expiresAt() == null ? expiresAt : edit.expiresAt();
        properties = edit.properties() == null ? properties : edited(edit.properties(), edit.mergeProperties());
        return this;
    }

    /** What a copy makes of a record that is here already. */
    ImageDraft adopted(AdoptImage adoption) {
        visible = adoption.visible() == null ? visible : adoption.visible();
        autoUpdate = adoption.autoUpdate() == null ? autoUpdate : adoption.autoUpdate();
        cached = adoption.cached() == null ? cached : adoption.cached();
        filename = adoption.filename() == null ? filename : adoption.filename();
        properties = adoption.properties() == null ? properties : edited(adoption.properties(), true);
        profiles = adoption.profiles() == null ? profiles : adoption.profiles();
        source = adoption.source() == null ? source : adoption.source();
        return this;
    }

    private Map<String, String> edited(Map<String, String> changes, boolean merge) {
        Map<String, String> after = merge ? new TreeMap<>(properties) : new TreeMap<>();
        after.putAll(changes);
        after.values().removeIf(value -> value == null || value.isEmpty());
        return after;
    }

    /** The new image; its names in order, its times as the tables keep them. */
    Image image() {
        List<Alias> sorted = new ArrayList<>(aliases);
        sorted.sort(Comparator.comparing(Alias::name));
        return new Image(
                before.project(), before.fingerprint(), before.type(), before.architecture(), visible, autoUpdate,
                cached, filename, properties, sorted, profiles, before.files(),
                Moments.kept(before.createdAt()), Moments.kept(before.uploadedAt()), Moments.kept(lastUsedAt),
                Moments.kept(expiresAt), source);
    }
}
