package dev.berth.catalog;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract.Images;
import dev.berth.contract.CatalogContract.ListImages;
import dev.berth.contract.Refused;
import dev.berth.lxd.EntityTag;
import dev.berth.lxd.Envelope;
import dev.berth.lxd.filter.ImageFilter;
import dev.berth.lxd.filter.InvalidFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Puts lists of images together from documents that are encoded already. Pure, but not for an event loop: megabytes. */
final class ImageLists {
    /** Oldest first; the rest only so that the same images always make the same bytes. */
    private static final Comparator<ImageEntry> ORDER = Comparator.<ImageEntry, Instant>comparing(
                    entry -> entry.image().uploadedAt())
            .thenComparing(ImageEntry::hex)
            .thenComparing(entry -> entry.image().project());

    private ImageLists() {}

    /** The plain form, whatever {@code call} says about gzip. */
    static Answer<Images> list(Snapshot snapshot, ListImages call) {
        try {
            ImageFilter filter = ImageFilter.parse(call.filter());
            List<ImageEntry> entries = call.projects().stream()
                    .flatMap(project -> snapshot.shelf(project).images().stream())
                    .filter(entry -> entry.image().visible() || !call.visibleOnly())
                    .filter(entry -> filter.test(entry.image()))
                    .sorted(ORDER)
                    .toList();
            return Answer.yes(images(entries, call));
        } catch (InvalidFilter e) {
            return Answer.no(Refused.invalid(e.getMessage()));
        }
    }

    /** The same list, smaller. */
    static Images gzipped(Images plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.body().length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain.body());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return new Images(bytes.toByteArray(), true, plain.etag(), plain.count());
    }

    private static Images images(List<ImageEntry> entries, ListImages call) {
        JsonArray array = new JsonArray();
        for (ImageEntry entry : entries) {
            if (call.recursive()) {
                array.add(entry.json());
            } else {
                array.addText(Urls.image(entry.image(), call.withProject()));
            }
        }
        byte[] body = Envelope.sync(array.bytes());
        return new Images(body, false, EntityTag.of(body), entries.size());
    }
}
