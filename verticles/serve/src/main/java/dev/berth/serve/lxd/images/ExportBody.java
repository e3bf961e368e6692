package dev.berth.serve.lxd.images;

import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.serve.edge.Body;
import dev.berth.serve.edge.Segment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of an export: one file as it is, or two as multipart. The multipart boundary comes from the fingerprint, so
 * that the body is the same every time, and length, ranges and ETag work for it too (rest-api 3.8, formats 1.6).
 */
final class ExportBody {
    private static final String BINARY = "application/octet-stream";
    private static final int BOUNDARY_LENGTH = 48;

    private ExportBody() {}

    /** @param forEver true when the address names the whole fingerprint of a public image, so that it may be cached */
    static Body of(Image image, boolean forEver) {
        return image.isSplit() ? split(image, forEver) : unified(image, forEver);
    }

    /**
     * Of an image whose bytes are still on their way. The heads of its parts may differ from those of the record that it
     * will become, so it goes by another tag when it has such heads.
     */
    static Body offered(Image image) {
        Body body = of(image, false);
        String etag = image.isSplit() ? '"' + image.fingerprint().hex() + "-offered\"" : body.etag();
        return new Body(body.segments(), body.contentType(), body.disposition(), etag, body.lastModified(), false);
    }

    private static Body unified(Image image, boolean forEver) {
        ImageFile file = image.files().get(0);
        String disposition = "inline;filename=" + image.fingerprint() + file.extension();
        return body(image, List.of(blob(file)), BINARY, disposition, forEver);
    }

    private static Body split(Image image, boolean forEver) {
        String boundary = boundary(image.fingerprint());
        List<Segment> segments = new ArrayList<>();
        String before = "--";
        for (ImageFile file : image.files()) {
            segments.add(text(before + boundary + head(image.fingerprint(), file)));
            segments.add(blob(file));
            before = "\r\n--";
        }
        segments.add(text(before + boundary + "--\r\n"));
        return body(image, segments, "multipart/form-data; boundary=" + boundary, null, forEver);
    }

    private static Body body(
            Image image, List<Segment> segments, String contentType, String disposition, boolean forEver) {
        String etag = '"' + image.fingerprint().hex() + '"';
        return new Body(segments, contentType, disposition, etag, image.uploadedAt(), forEver);
    }

    private static String boundary(Fingerprint fingerprint) {
        return fingerprint.hex().substring(0, BOUNDARY_LENGTH);
    }

    private static String head(Fingerprint fingerprint, ImageFile file) {
        String prefix = file.role() == ImageFile.Role.METADATA ? "meta-" : "";
        return "\r\nContent-Disposition: form-data; name=\"" + file.role().partName() + "\"; filename=\"" + prefix
                + fingerprint + file.extension() + "\"\r\nContent-Type: " + BINARY + "\r\n\r\n";
    }

    private static Segment blob(ImageFile file) {
        return new Segment.Blob(file.blob(), file.size());
    }

    private static Segment text(String text) {
        return new Segment.Bytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
