package dev.berth.catalog;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract.CreateAlias;
import dev.berth.contract.CatalogContract.DeleteAlias;
import dev.berth.contract.CatalogContract.EditAlias;
import dev.berth.contract.CatalogContract.RenameAlias;
import dev.berth.contract.Done;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Refused;
import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.lxd.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides writes to aliases on a snapshot (rest-api 3.10). Pure. A name stands in its image, so every one of these is a
 * new version of one image, or of two when the name moves.
 */
final class AliasRules {
    static final Refused NOT_FOUND = Refused.notFound("Image alias not found");

    private AliasRules() {}

    static Decision<Done> create(Snapshot snapshot, CreateAlias call, Instant now) {
        Shelf shelf = snapshot.shelf(call.project());
        if (call.target() == null || call.target().isEmpty()) {
            return Decision.no(Refused.invalid("name and target are required"));
        }
        Answer<ImageEntry> target = ImageSearch.find(shelf, call.target(), false);
        Optional<AliasEntry> present = shelf.aliases().find(call.alias().name());
        if (present.isPresent()) {
            return taken(present.get(), target, call.tolerateTwin());
        }
        return target.fold(
                entry -> {
                    Image named = ImageDraft.of(entry.image()).named(call.alias()).image();
                    return done(named, new News(call.requestor(), now)
                            .aliasCreated(call.project(), call.alias().name(), named.fingerprint()));
                },
                Decision::no);
    }

    static Decision<Done> edit(Snapshot snapshot, EditAlias call, Instant now) {
        Shelf shelf = snapshot.shelf(call.project());
        Optional<AliasEntry> present = shelf.aliases().find(call.name());
        if (present.isEmpty()) {
            return Decision.no(NOT_FOUND);
        }
        AliasEntry entry = present.get();
        if (!EntityTag.allows(call.ifMatch(), entry.etag())) {
            return Decision.no(Refused.changed(entry.etag(), call.ifMatch()));
        }
        if (call.target() != null && call.target().isEmpty()) {
            return Decision.no(Refused.invalid("The target field is required"));
        }
        String target = call.target() == null ? entry.target().hex() : call.target();
        String description = call.description() == null ? entry.alias().description() : call.description();
        return ImageSearch.find(shelf, target, false)
                .fold(
                        image -> moved(shelf, entry, image.image(), new Alias(call.name(), description), news(call, now)),
                        Decision::no);
    }

    static Decision<Done> rename(Snapshot snapshot, RenameAlias call, Instant now) {
        Shelf shelf = snapshot.shelf(call.project());
        Optional<AliasEntry> present = shelf.aliases().find(call.name());
        if (present.isEmpty()) {
            return Decision.no(NOT_FOUND);
        }
        if (call.newName() == null || call.newName().isEmpty()) {
            return Decision.no(Refused.invalid("Alias name is required"));
        }
        if (shelf.aliases().find(call.newName()).isPresent()) {
            return Decision.no(exists(call.newName()));
        }
        AliasEntry entry = present.get();
        Alias renamed = new Alias(call.newName(), entry.alias().description());
        Image after = ImageDraft.of(owner(shelf, entry)).unnamed(call.name()).named(renamed).image();
        News news = new News(call.requestor(), now);
        return done(after, news.aliasRenamed(call.project(), call.newName(), call.name()));
    }

    static Decision<Done> delete(Snapshot snapshot, DeleteAlias call, Instant now) {
        Shelf shelf = snapshot.shelf(call.project());
        return shelf.aliases()
                .find(call.name())
                .map(entry -> {
                    Image after = ImageDraft.of(owner(shelf, entry)).unnamed(call.name()).image();
                    return done(after, new News(call.requestor(), now).aliasDeleted(call.project(), call.name()));
                })
                .orElseGet(() -> Decision.no(NOT_FOUND));
    }

    /** A client that is told to create what it just created, and asked for that, is content. */
    private static Decision<Done> taken(AliasEntry present, Answer<ImageEntry> target, boolean tolerateTwin) {
        Fingerprint wanted = target.fold(entry -> entry.image().fingerprint(), refused -> null);
        boolean isTwin = present.target().equals(wanted);
        return tolerateTwin && isTwin ? Decision.unchanged(Done.DONE) : Decision.no(exists(present.name()));
    }

    private static Decision<Done> moved(Shelf shelf, AliasEntry entry, Image target, Alias alias, News news) {
        Event event = news.aliasUpdated(target.project(), alias.name(), target.fingerprint());
        if (target.fingerprint().equals(entry.target())) {
            return done(ImageDraft.of(target).unnamed(alias.name()).named(alias).image(), event);
        }
        Image left = ImageDraft.of(owner(shelf, entry)).unnamed(alias.name()).image();
        Image gained = ImageDraft.of(target).named(alias).image();
        return Decision.yes(Done.DONE, List.of(new Step.Put(left), new Step.Put(gained)), List.of(event));
    }

    private static Decision<Done> done(Image after, Event event) {
        return Decision.yes(Done.DONE, List.of(new Step.Put(after)), List.of(event));
    }

    private static News news(EditAlias call, Instant now) {
        return new News(call.requestor(), now);
    }

    private static Image owner(Shelf shelf, AliasEntry entry) {
        return shelf.image(entry.target().hex()).orElseThrow();
    }

    private static Refused exists(String name) {
        return Refused.conflict("Alias \"" + name + "\" already exists");
    }
}
