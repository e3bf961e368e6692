package dev.berth.app.faults;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A multipart body, right or wrong. */
final class Form {
    private static final String BOUNDARY = "a-boundary-no-image-contains";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A right one: both files of a split container image. */
    static Form split(byte[] metadata, byte[] rootfs) {
        return new Form().part("metadata", metadata).part("rootfs", rootfs);
    }

    static byte[] metadata(String name) {
        return ImageFixtures.metadataTarball(
                Packing.GZIP, ImageFixtures.METADATA.replace("os: Alpine", "os: Alpine\n  name: " + name));
    }

    /** All parts' contents in order, of an export of a split image. */
    static byte[] contents(Reply export) {
        String delimiter = "\r\n--" + export.headers().get("content-type").replaceFirst(".*boundary=", "").replace("\"", "");
        String body = "\r\n" + new String(export.body(), StandardCharsets.ISO_8859_1);
        StringBuilder contents = new StringBuilder();
        for (String part : body.split(Pattern.quote(delimiter))) {
            int start = part.indexOf("\r\n\r\n");
            contents.append(start < 0 ? "" : part.substring(start + 4));
        }
        return contents.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    Form part(String name, byte[] content) {
        text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + name
                + ".bin\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        out.writeBytes(content);
        return text("\r\n");
    }

    String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    byte[] body() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return whole.toByteArray();
    }

    private Form text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }
}
