package dev.berth.catalog;

import dev.berth.contract.CatalogContract.AdoptImage;
import dev.berth.contract.CatalogContract.EditImage;
import dev.berth.contract.CatalogContract.ImageExists;
import dev.berth.contract.CatalogContract.ImageIsEdited;
import dev.berth.contract.CatalogContract.ImageIsKept;
import dev.berth.contract.CatalogContract.ImageIsRemoved;
import dev.berth.contract.CatalogContract.ImageIsReplaced;
import dev.berth.contract.CatalogContract.ImageKept;
import dev.berth.contract.CatalogContract.KeepImage;
import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.CatalogContract.ReplaceImage;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Refused;
import dev.berth.image.Alias;
import dev.berth.image.Image;
import dev.berth.lxd.EntityTag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides writes to images on a snapshot. Pure. */
final class CatalogRules {
    static final Refused USED =
            new Refused(Refused.Reason.CHANGED, "The image was used, or somebody wants it to stay, since it was looked at");

    private CatalogRules() {}

    /** A record and its names come together or not at all. */
    static Decision<ImageKept> keep(Snapshot snapshot, KeepImage call, Instant now) {
        Image image = ImageDraft.of(call.image()).image();
        Shelf shelf = snapshot.shelf(image.project());
        Optional<Image> present = shelf.image(image.fingerprint().hex());
        if (present.isPresent()) {
            return Decision.unchanged(new ImageExists(present.get()));
        }
        Optional<String> clash = clash(shelf, image.aliases());
        if (clash.isPresent()) {
            return Decision.no(Refused.conflict("Alias already exists: " + clash.get()));
        }
        News news = new News(call.requestor(), now);
        List<Event> events = new ArrayList<>();
        image.aliases().forEach(alias ->
                events.add(news.aliasCreated(image.project(), alias.name(), image.fingerprint())));
        events.add(news.imageCreated(image));
        return Decision.yes(new ImageIsKept(image), List.of(new Step.Put(image)), events);
    }

    /** An edit that changes nothing is fine, and is told all the same. */
    static Decision<ImageIsEdited> edit(Snapshot snapshot, EditImage call, Instant now) {
        Optional<ImageEntry> present =
                snapshot.shelf(call.project()).images().find(call.fingerprint().hex());
        if (present.isEmpty()) {
            return Decision.no(ImageSearch.NOT_FOUND);
        }
        ImageEntry entry = present.get();
        if (!EntityTag.allows(call.ifMatch(), entry.etag())) {
            return Decision.no(Refused.changed(entry.etag(), call.ifMatch()));
        }
        Image after = ImageDraft.of(entry.image()).edited(call).image();
        List<Step> steps = after.equals(entry.image()) ? List.of() : List.of(new Step.Put(after));
        List<Event> events = List.of(new News(call.requestor(), now).imageUpdated(after));
        return Decision.yes(new ImageIsEdited(after), steps, events);
    }

    /** A copy of what is here already is no news unless it changes something. */
    static Decision<ImageIsEdited> adopt(Snapshot snapshot, AdoptImage call, Instant now) {
        Optional<Image> present = snapshot.shelf(call.project()).image(call.fingerprint().hex());
        if (present.isEmpty()) {
            return Decision.no(ImageSearch.NOT_FOUND);
        }
        Image after = ImageDraft.of(present.get()).adopted(call).image();
        if (after.equals(present.get())) {
            return Decision.unchanged(new ImageIsEdited(after));
        }
        List<Event> events = List.of(new News(call.requestor(), now).imageUpdated(after));
        return Decision.yes(new ImageIsEdited(after), List.of(new Step.Put(after)), events);
    }

    /** Its names go with it, and are told first. */
    static Decision<ImageIsRemoved> remove(Snapshot snapshot, RemoveImage call, Instant now) {
        Optional<Image> present = snapshot.shelf(call.project()).image(call.fingerprint().hex());
        if (present.isEmpty()) {
            return Decision.no(ImageSearch.NOT_FOUND);
        }
        Image image = present.get();
        if (isInUseAgain(image, call.unlessUsedSince())) {
            return Decision.no(USED);
        }
        News news = new News(call.requestor(), now);
        List<Event> events = new ArrayList<>();
        image.aliases().forEach(alias -> events.add(news.aliasDeleted(image.project(), alias.name())));
        events.add(news.imageDeleted(image));
        return Decision.yes(new ImageIsRemoved(image), List.of(new Step.Drop(image)), events);
    }

    /** One commit, so that a name stands for the old image or for the newer one at every moment (rest-api 6.3). */
    static Decision<ImageIsReplaced> replace(Snapshot snapshot, ReplaceImage call, Instant now) {
        Shelf shelf = snapshot.shelf(call.project());
        Optional<Image> old = shelf.image(call.old().hex());
        Optional<Image> newer = shelf.image(call.replacement().hex());
        if (call.old().equals(call.replacement())) {
            return Decision.no(Refused.invalid("An image cannot replace itself: " + call.old().shortForm()));
        }
        if (old.isEmpty() || newer.isEmpty()) {
            return Decision.no(ImageSearch.NOT_FOUND);
        }
        Image after = ImageDraft.of(newer.get()).inPlaceOf(old.get(), call.brought()).image();
        return replaced(old.get(), after, new News(call.requestor(), now));
    }

    private static Decision<ImageIsReplaced> replaced(Image old, Image after, News news) {
        List<Event> events = new ArrayList<>();
        old.aliases().forEach(alias ->
                events.add(news.aliasUpdated(after.project(), alias.name(), after.fingerprint())));
        events.add(news.imageRefreshed(after));
        events.add(news.imageDeleted(old));
        return Decision.yes(new ImageIsReplaced(after, old), List.of(new Step.Drop(old), new Step.Put(after)), events);
    }

    /** Only uses of images that are still there, and later than the one known, are worth a commit. */
    static Decision<Integer> touch(Snapshot snapshot, List<Step.Touch> touches) {
        List<Step> steps = new ArrayList<>();
        for (Step.Touch touch : touches) {
            Instant usedAt = Moments.kept(touch.usedAt());
            snapshot.shelf(touch.project())
                    .image(touch.fingerprint().hex())
                    .filter(image -> image.lastUsedAt().isBefore(usedAt))
                    .ifPresent(image -> steps.add(new Step.Touch(touch.project(), touch.fingerprint(), usedAt)));
        }
        return Decision.yes(steps.size(), steps, List.of());
    }

    private static boolean isInUseAgain(Image image, Instant unlessUsedSince) {
        return unlessUsedSince != null && (!image.cached() || image.idleSince().isAfter(unlessUsedSince));
    }

    private static Optional<String> clash(Shelf shelf, List<Alias> wanted) {
        Set<String> taken = new HashSet<>();
        return wanted.stream()
                .map(Alias::name)
                .filter(name -> !taken.add(name) || shelf.aliases().find(name).isPresent())
                .findFirst();
    }
}
