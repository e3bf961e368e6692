package dev.berth.app.cli;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an upload's body is made of: texts and files in order. A unified image is its file; a split one is a multipart
 * form with {@code metadata} first and {@code rootfs} or {@code rootfs.img} second (rest-api 3.4).
 */
record UploadForm(String contentType, List<Piece> pieces, long length) {
    private static final String BOUNDARY = "berth-import-boundary-7d1c5a0f3e";
    private static final int QCOW2_MAGIC = 0x514649fb;

    /** A text, or else a file. */
    record Piece(Buffer text, Path file, long length) {
        static Piece text(String text) {
            Buffer buffer = Buffer.buffer(text);
            return new Piece(buffer, null, buffer.length());
        }

        static Piece file(Path file) throws IOException {
            return new Piece(null, file, Files.size(file));
        }
    }

    static UploadForm unified(Path file) throws IOException {
        return of("application/octet-stream", List.of(Piece.file(file)));
    }

    static UploadForm split(Path metadata, Path rootfs) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        pieces.add(Piece.text(head("metadata", metadata)));
        pieces.add(Piece.file(metadata));
        pieces.add(Piece.text("\r\n" + head(isDisk(rootfs) ? "rootfs.img" : "rootfs", rootfs)));
        pieces.add(Piece.file(rootfs));
        pieces.add(Piece.text("\r\n--" + BOUNDARY + "--\r\n"));
        return of("multipart/form-data; boundary=" + BOUNDARY, pieces);
    }

    private static UploadForm of(String contentType, List<Piece> pieces) {
        return new UploadForm(contentType, pieces, pieces.stream().mapToLong(Piece::length).sum());
    }

    private static String head(String name, Path file) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                + file.getFileName().toString().replaceAll("[\"\\r\\n\\\\]", "_")
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    }

    /** A rootfs that begins like qcow2 is a virtual machine's disk; so do the peers' clients tell. */
    private static boolean isDisk(Path rootfs) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(Integer.BYTES);
        try (SeekableByteChannel channel = Files.newByteChannel(rootfs)) {
            return channel.read(magic) == Integer.BYTES && magic.flip().getInt() == QCOW2_MAGIC;
        }
    }
}
