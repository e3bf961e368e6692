package dev.berth.fetch.push;

import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the body of an upload is made of: the bytes of a unified image as they are, or a form with metadata first and
 * rootfs second (rest-api 3.4). Pure.
 *
 * @param contentType of the request
 * @param pieces in order
 */
record ImageForm(String contentType, List<Piece> pieces) {
    private static final String BOUNDARY = "berth-push-boundary-2f81c6d07b";
    private static final String UNPRINTABLE = "[\"\\\\\\p{Cntrl}]";

    /**
     * A text, or else a file.
     *
     * @param text null for a file
     * @param path null for a text
     */
    record Piece(Buffer text, String path, long length) {
        static Piece text(String text) {
            Buffer bytes = Buffer.buffer(text);
            return new Piece(bytes, null, bytes.length());
        }
    }

    /** @param paths where the files of {@code image} are, in order */
    static ImageForm of(Image image, List<String> paths) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            ImageFile file = image.files().get(i);
            if (image.isSplit()) {
                pieces.add(Piece.text(head(image, file, i)));
            }
            pieces.add(new Piece(null, paths.get(i), file.size()));
        }
        if (!image.isSplit()) {
            return new ImageForm("application/octet-stream", pieces);
        }
        pieces.add(Piece.text("\r\n--" + BOUNDARY + "--\r\n"));
        return new ImageForm("multipart/form-data; boundary=" + BOUNDARY, pieces);
    }

    long length() {
        return pieces.stream().mapToLong(Piece::length).sum();
    }

    /** The name the image goes by, fit for a header; made up when it has none. */
    static String filename(Image image) {
        String name = image.filename().replaceAll(UNPRINTABLE, "_");
        return name.isEmpty() ? image.fingerprint() + image.files().get(0).extension() : name;
    }

    private static String head(Image image, ImageFile file, int index) {
        return (index == 0 ? "" : "\r\n") + "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\""
                + file.role().partName() + "\"; filename=\"" + filename(image)
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    }
}
