package dev.berth.contract;

import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Source;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What mirror answers: the upstreams that stand in the settings, seen through Berth. Lists and items of an upstream move
 * together, as one snapshot; what an earlier one listed can still be had for a grace time.
 */
public final class MirrorContract {
    /** All upstreams and how they are. From memory. */
    public static final Call<ListUpstreams, Upstreams> UPSTREAMS =
            Call.onThisNode("berth.mirror.upstreams", ListUpstreams.class);

    /**
     * The present list of an upstream, as documents to hand out. By reference: cheap. Refused: NOT_FOUND when there is no
     * such upstream, UNAVAILABLE when it has not answered yet and no earlier list is kept.
     */
    public static final Call<ReadSnapshot, Answer<Snapshot>> SNAPSHOT =
            Call.onThisNode("berth.mirror.snapshot", ReadSnapshot.class, Duration.ofMinutes(2));

    /**
     * One file of the present list, or of an earlier one within the grace time. A name nobody knows makes mirror ask the
     * upstream again, though not often. Refused: NOT_FOUND.
     */
    public static final Call<FindItem, Answer<Item>> ITEM =
            Call.onThisNode("berth.mirror.item", FindItem.class, Duration.ofMinutes(2));

    /**
     * Has the image of an item here: answers at once when it is, or when its transfer ended. All who ask at the same time
     * share one transfer, and none who leaves ends it. Refused: as {@link IntakeContract#BRING}.
     */
    public static final Call<BringItem, Answer<Done>> BRING =
            Call.onThisNode("berth.mirror.bring", BringItem.class, Duration.ofHours(24));

    /**
     * Has an image here that the present list has: as {@link #BRING} for one of its files. Refused: NOT_FOUND "Image not
     * found", else as {@link IntakeContract#BRING}.
     */
    public static final Call<BringImage, Answer<Done>> BRING_IMAGE =
            Call.onThisNode("berth.mirror.bring.image", BringImage.class, Duration.ofHours(24));

    /**
     * The image that a name or a fingerprint stands for at an upstream, as its present list says. Refused: NOT_FOUND "Image
     * not found" also for an unknown upstream, INVALID when a fingerprint's beginning fits several.
     */
    public static final Call<FindMirrored, Answer<Mirrored>> FIND =
            Call.onThisNode("berth.mirror.find", FindMirrored.class, Duration.ofMinutes(2));

    private MirrorContract() {}

    public record ListUpstreams() {}

    public record Upstreams(List<Upstream> upstreams) {}

    /**
     * @param name as it stands in addresses
     * @param protocol {@code simplestreams}, {@code lxd} or {@code incus}
     * @param url its base URL
     * @param expose some of {@code streams}, {@code lxc} and {@code rest}
     * @param images how many are listed
     * @param asked when it last said that its list is current, or null when it never did
     * @param stale why the list may be older than it should, or empty
     */
    public record Upstream(
            String name, String protocol, String url, List<String> expose, int images, Instant asked, String stale) {}

    public record ReadSnapshot(String upstream) {}

    /**
     * @param version of the documents: it differs when any of them does
     * @param updated when what they say last changed, as they say
     * @param asked when the upstream last said that the list is current
     * @param stale why the list may be older than it should, or empty
     * @param expose some of {@code streams}, {@code lxc} and {@code rest}
     * @param index {@code streams/v1/index.json}
     * @param signedIndex what {@code streams/v1/index.sjson} says
     * @param images {@code streams/v1/images.json}
     * @param listed what is listed, newest version of a product first; the paths of its files are those under {@code
     *     /mirror/NAME/}, to be asked for as {@link FindItem#path}
     */
    public record Snapshot(
            String version,
            Instant updated,
            Instant asked,
            String stale,
            List<String> expose,
            byte[] index,
            byte[] signedIndex,
            byte[] images,
            List<Listed> listed) {}

    /** @param path of a file, relative to {@code /mirror/NAME/} */
    public record FindItem(String upstream, String path) {}

    /**
     * @param project where the record of the image is kept, once it is here
     * @param image the image it is a file of; its paths are those of the upstream
     * @param blob SHA-256 of the file
     * @param size in bytes
     * @param filename last part of its path
     */
    public record Item(String project, Source source, Offer image, BlobId blob, long size, String filename) {}

    /**
     * A file that no list names any more and that can still be had.
     *
     * @param image the image it is a file of
     * @param path relative to {@code /mirror/NAME/}
     * @param until when that ends
     */
    public record Delisted(Offer image, String path, Instant until) {}

    public record DelistedFiles(List<Delisted> files) {}

    public record BringItem(String upstream, String path) {}

    public record BringImage(String upstream, Fingerprint fingerprint) {}

    /**
     * @param name alias, fingerprint or the beginning of one
     * @param type wanted type, or null for whatever it is (container first)
     * @param architecture wanted architecture, or null for that of this machine first
     */
    public record FindMirrored(String upstream, String name, ImageType type, Architecture architecture) {}

    /** @param offer what the upstream offers under that name; its alias is empty when a fingerprint was asked for */
    public record Mirrored(Source source, Offer offer) {}
}
