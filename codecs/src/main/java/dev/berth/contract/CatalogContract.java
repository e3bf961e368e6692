package dev.berth.contract;

import dev.berth.image.Alias;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.UpdateSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What catalog answers: which images, aliases and server settings there are. Reads come from an immutable snapshot in
 * memory; writes answer when they are durable and the snapshot shows them. Every write announces its lifecycle event
 * before it answers.
 */
public final class CatalogContract {
    /** One image by fingerprint or prefix. Refused: NOT_FOUND "Image not found", BROKEN "More than one image matches". */
    public static final Call<FindImage, Answer<Found>> FIND_IMAGE =
            Call.of("berth.catalog.image.find", FindImage.class);
    /** Lists images as a ready-made JSON array. Refused: INVALID "Invalid filter: …". */
    public static final Call<ListImages, Answer<Images>> LIST_IMAGES =
            Call.of("berth.catalog.image.list", ListImages.class);
    /** Adds a record with its aliases in one commit. All its blobs must be kept and leased. Refused: CONFLICT "Alias already exists: x". */
    public static final Call<KeepImage, Answer<ImageKept>> KEEP_IMAGE =
            Call.of("berth.catalog.image.keep", KeepImage.class);
    /** Refused: NOT_FOUND, CHANGED. */
    public static final Call<EditImage, Answer<ImageIsEdited>> EDIT_IMAGE =
            Call.of("berth.catalog.image.edit", EditImage.class);
    /**
     * What a copy from another server makes of a record that is here already (rest-api 3.5 item 3). Tells nobody when
     * nothing changes. Refused: NOT_FOUND.
     */
    public static final Call<AdoptImage, Answer<ImageIsEdited>> ADOPT_IMAGE =
            Call.of("berth.catalog.image.adopt", AdoptImage.class);
    /** Whole records, newest first. From memory. */
    public static final Call<SelectImages, Selected> SELECT_IMAGES =
            Call.of("berth.catalog.image.select", SelectImages.class);
    /**
     * Removes the record and its aliases; blobs that nothing refers to any more are announced by {@link #ORPHANED}.
     * Refused: NOT_FOUND, CHANGED when the image was used in the meantime.
     */
    public static final Call<RemoveImage, Answer<ImageIsRemoved>> REMOVE_IMAGE =
            Call.of("berth.catalog.image.remove", RemoveImage.class);
    /**
     * Puts a newer image in the place of an old one, in one commit: all aliases of the old one, its profiles and its last
     * use go to the newer one, then the old record goes. No name is ever without an image. Other projects' records stay
     * as they are. Refused: NOT_FOUND when one of them is not there, INVALID when they are the same.
     */
    public static final Call<ReplaceImage, Answer<ImageIsReplaced>> REPLACE_IMAGE =
            Call.of("berth.catalog.image.replace", ReplaceImage.class);
    /** The records that Berth itself looks after. Cheap: from memory. */
    public static final Call<ListRecords, Records> LIST_RECORDS =
            Call.of("berth.catalog.record.list", ListRecords.class);
    /** Notes a use. Coalesced: may reach the disk some seconds later. */
    public static final Call<TouchImage, Done> TOUCH_IMAGE =
            Call.of("berth.catalog.image.touch", TouchImage.class);
    /**
     * Says which of the given blobs (all known ones, when none are given) are referred to by any record; by those too that
     * were asked for before and still wait to be written.
     */
    public static final Call<FindReferences, References> FIND_REFERENCES =
            Call.of("berth.catalog.references", FindReferences.class);

    /** Refused: NOT_FOUND "Image alias not found". */
    public static final Call<FindAlias, Answer<AliasIs>> FIND_ALIAS =
            Call.of("berth.catalog.alias.find", FindAlias.class);
    public static final Call<ListAliases, Answer<Aliases>> LIST_ALIASES =
            Call.of("berth.catalog.alias.list", ListAliases.class);
    /** Refused with LXD's text (rest-api 3.10), as the next three. */
    public static final Call<CreateAlias, Answer<Done>> CREATE_ALIAS =
            Call.of("berth.catalog.alias.create", CreateAlias.class);
    public static final Call<EditAlias, Answer<Done>> EDIT_ALIAS =
            Call.of("berth.catalog.alias.edit", EditAlias.class);
    public static final Call<RenameAlias, Answer<Done>> RENAME_ALIAS =
            Call.of("berth.catalog.alias.rename", RenameAlias.class);
    public static final Call<DeleteAlias, Answer<Done>> DELETE_ALIAS =
            Call.of("berth.catalog.alias.delete", DeleteAlias.class);

    public static final Call<ReadSettings, Settings> READ_SETTINGS =
            Call.of("berth.catalog.settings.read", ReadSettings.class);
    /** Answers the new settings. Refused: CHANGED, INVALID {@code cannot set 'k' to 'v': unknown key}. */
    public static final Call<ChangeSettings, Answer<Settings>> CHANGE_SETTINGS =
            Call.of("berth.catalog.settings.change", ChangeSettings.class);

    /** The snapshot changed. Listeners look again; the notice carries no state. */
    public static final Notice<Changed> CHANGED = Notice.of("berth.catalog.changed", Changed.class);
    /** An image's record is gone, for whatever reason; secrets that were good for it die with it (rest-api 8, 162). */
    public static final Notice<Removed> REMOVED = Notice.of("berth.catalog.removed", Removed.class);
    /** Blobs lost their last record. Losing this notice is harmless: reconciliation finds them later. */
    public static final Notice<Orphaned> ORPHANED = Notice.of("berth.catalog.orphaned", Orphaned.class);

    private CatalogContract() {}

    /**
     * @param project whose images; a project without {@code features.images} was already replaced by {@code default}
     * @param name a fingerprint or a prefix of one, as the caller gave it; anything else is simply not found
     * @param visibleOnly look among public images only
     */
    public record FindImage(String project, String name, boolean visibleOnly) {}

    /**
     * @param image the record
     * @param json its REST document, encoded once
     * @param etag strong and quoted; changes with everything that can be edited
     */
    public record Found(Image image, byte[] json, String etag) {}

    /**
     * @param projects whose images
     * @param visibleOnly public ones only
     * @param recursive documents instead of URLs
     * @param withProject mark URLs with {@code ?project=} (all-projects lists)
     * @param filter the filter language of rest-api 3.2; null or empty means all
     * @param gzip the caller takes gzip
     */
    public record ListImages(
            List<String> projects,
            boolean visibleOnly,
            boolean recursive,
            boolean withProject,
            String filter,
            boolean gzip) {}

    /**
     * A whole response body: the sync envelope around the array, so that serving it is one write.
     *
     * @param body JSON, or its gzip form
     * @param gzipped which of the two
     * @param etag strong and quoted, of the plain form
     * @param count number of images
     */
    public record Images(byte[] body, boolean gzipped, String etag, int count) {}

    /** @param image a complete record; its aliases are created with it */
    public record KeepImage(Image image, Requestor requestor) {}

    /** How keeping ended; a clashing alias is a {@link Refused}: CONFLICT "Alias already exists: x". */
    public sealed interface ImageKept permits ImageIsKept, ImageExists {
        default <T> T fold(
                Function<? super ImageIsKept, ? extends T> kept,
                Function<? super ImageExists, ? extends T> exists) {
            return this instanceof ImageIsKept k ? kept.apply(k) : exists.apply((ImageExists) this);
        }
    }

    public record ImageIsKept(Image image) implements ImageKept {}

    /** The project has this fingerprint already. Nothing changed. */
    public record ImageExists(Image image) implements ImageKept {}

    /**
     * An edit; null fields stay as they are.
     *
     * @param project owner
     * @param fingerprint which
     * @param ifMatch required ETag, bare or quoted, or null
     * @param visible new value or null
     * @param autoUpdate new value or null
     * @param properties new properties or null; entries with an empty value are removed
     * @param mergeProperties true: lay over the present ones (PATCH); false: replace them (PUT)
     * @param profiles new profiles or null
     * @param expiresAt new expiry or null
     * @param requestor who
     */
    public record EditImage(
            String project,
            Fingerprint fingerprint,
            String ifMatch,
            Boolean visible,
            Boolean autoUpdate,
            Map<String, String> properties,
            boolean mergeProperties,
            List<String> profiles,
            Instant expiresAt,
            Requestor requestor) {}

    public record ImageIsEdited(Image image) {}

    /**
     * New facts about a record; null fields stay as they are.
     *
     * @param visible public or not
     * @param autoUpdate follows its source
     * @param cached false: nobody forgets it any more
     * @param filename what it is called
     * @param properties laid over the present ones; entries with an empty value are removed
     * @param profiles profile names
     * @param source where it is updated from
     */
    public record AdoptImage(
            String project,
            Fingerprint fingerprint,
            Boolean visible,
            Boolean autoUpdate,
            Boolean cached,
            String filename,
            Map<String, String> properties,
            List<String> profiles,
            UpdateSource source,
            Requestor requestor) {}

    /**
     * All that is asked must hold; what is null is not asked.
     *
     * @param project owner
     * @param fingerprint identity
     * @param followed the alias they are updated from, whatever the server
     */
    public record SelectImages(String project, Fingerprint fingerprint, String followed) {}

    public record Selected(List<Image> images) {}

    /**
     * @param unlessUsedSince null: remove it; else only when it is still cached and idle since then or longer
     *     ({@link Image#idleSince}), uses that wait for their commit included
     */
    public record RemoveImage(String project, Fingerprint fingerprint, Instant unlessUsedSince, Requestor requestor) {
        /** Removes it whatever it was used for. */
        public RemoveImage(String project, Fingerprint fingerprint, Requestor requestor) {
            this(project, fingerprint, null, requestor);
        }
    }

    public record ImageIsRemoved(Image image) {}

    /**
     * @param replacement another image of the same project
     * @param brought true when it came for this purpose only: its coming is no use of it, so that an image nobody uses grows
     *     old however often it is replaced
     */
    public record ReplaceImage(
            String project, Fingerprint old, Fingerprint replacement, boolean brought, Requestor requestor) {}

    /**
     * @param image the newer one with its names
     * @param removed the old one as it was last
     */
    public record ImageIsReplaced(Image image, Image removed) {}

    /** Which records. */
    public enum Kind {
        /** Those that may be forgotten when unused. */
        CACHED,
        /** Those with a source they can be updated from. */
        SOURCED
    }

    public record ListRecords(Kind kind) {}

    /**
     * @param records of all projects
     * @param elsewhere blobs of these records that records of other kinds refer to as well
     * @param referencedBytes size of the distinct blobs that any record, of whatever kind, refers to
     */
    public record Records(List<KeptRecord> records, List<BlobId> elsewhere, long referencedBytes) {}

    /** @param ownBytes bytes that would go with this record, because no other one refers to them */
    public record KeptRecord(Image image, long ownBytes) {}

    public record TouchImage(String project, Fingerprint fingerprint, Instant usedAt) {}

    public record FindReferences(List<BlobId> blobs) {}

    public record References(List<BlobId> blobs) {}

    /** @param visibleOnly answer only when the target is public */
    public record FindAlias(String project, String name, boolean visibleOnly) {}

    /**
     * @param json the REST document {@code {name, description, target, type}}
     * @param etag strong and quoted
     */
    public record AliasIs(Alias alias, Fingerprint target, byte[] json, String etag) {}

    public record ListAliases(List<String> projects, boolean recursive, boolean withProject) {}

    /** A whole response body, as {@link Images}. */
    public record Aliases(byte[] body, String etag) {}

    /**
     * @param target fingerprint or prefix
     * @param tolerateTwin true: answer {@link Done} when the very same alias (name and target) exists
     */
    public record CreateAlias(String project, Alias alias, String target, boolean tolerateTwin, Requestor requestor) {}

    /**
     * @param target fingerprint or prefix, or null to keep it
     * @param description new text, or null to keep it
     */
    public record EditAlias(
            String project, String name, String ifMatch, String target, String description, Requestor requestor) {}

    public record RenameAlias(String project, String name, String newName, Requestor requestor) {}

    public record DeleteAlias(String project, String name, Requestor requestor) {}

    public record ReadSettings() {}

    /**
     * Server settings as {@code GET /1.0} shows them.
     *
     * @param values keys and texts; the trust password is never among them
     * @param hasTrustPassword whether one is set
     * @param trustPasswordHash salted hash to check one against, or empty; never leaves the service
     */
    public record Settings(Map<String, String> values, boolean hasTrustPassword, String trustPasswordHash) {}

    /**
     * @param values new texts; null or empty text unsets
     * @param replace true: everything not named is unset (PUT), false: it stays (PATCH)
     * @param ifMatch the tag the client read, or null
     */
    public record ChangeSettings(
            Map<String, String> values, boolean replace, String ifMatch, Requestor requestor) {}

    public record Changed(long sequence) {}

    public record Orphaned(List<BlobId> blobs) {}

    /** @param project the project that held the record */
    public record Removed(String project, Fingerprint fingerprint) {}
}
