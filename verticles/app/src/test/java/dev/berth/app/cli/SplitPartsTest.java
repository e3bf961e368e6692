package dev.berth.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitPartsTest {
    @TempDir
    Path folder;

    @Test
    void bytes_that_almost_look_like_the_boundary_belong_to_the_part() throws IOException {
        byte[] tricky = "\r\n--edg\r\r\n--edgy\r\n-\r\n\r\n--edg".getBytes(StandardCharsets.ISO_8859_1);
        Path body = body("edge", part("meta.tar.xz", tricky), part("meta.root", new byte[0]));

        List<Path> parts = SplitParts.extract(body, "edge", folder);

        assertThat(parts).extracting(each -> each.getFileName().toString()).containsExactly("meta.tar.xz", "meta.root");
        assertThat(parts.get(0)).hasBinaryContent(tricky);
        assertThat(parts.get(1)).isEmptyFile();
    }

    @Test
    void a_body_that_ends_early_is_no_part() throws IOException {
        Path body = body("edge", part("meta", new byte[100]));
        byte[] all = Files.readAllBytes(body);
        Files.write(body, Arrays.copyOf(all, all.length - 20));

        assertThatThrownBy(() -> SplitParts.extract(body, "edge", folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("got the end of the body");
    }

    @Test
    void a_name_never_leads_out_of_the_folder() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path body = body("edge", part("../../outside", new byte[1]));

        assertThatThrownBy(() -> SplitParts.extract(body, "edge", inside)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void what_an_upload_writes_can_be_taken_apart_again() throws IOException {
        Path metadata = Files.write(folder.resolve("m.tar"), new byte[] {1, 2, 3});
        Path disk = Files.write(folder.resolve("d.qcow2"), new byte[] {'Q', 'F', 'I', (byte) 0xfb, 9});
        UploadForm form = UploadForm.split(metadata, disk);
        Path body = Files.write(folder.resolve("body"), written(form));

        assertThat(form.length()).isEqualTo(Files.size(body));
        assertThat(Files.readString(body, StandardCharsets.ISO_8859_1)).contains("name=\"metadata\"", "name=\"rootfs.img\"");
        Path out = Files.createDirectory(folder.resolve("out"));
        List<Path> parts = SplitParts.extract(body, new Download(form.contentType(), null).boundary(), out);
        assertThat(parts.get(0)).hasSameBinaryContentAs(metadata);
        assertThat(parts.get(1)).hasSameBinaryContentAs(disk);
    }

    private static byte[] written(UploadForm form) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (UploadForm.Piece piece : form.pieces()) {
            out.write(piece.file() == null ? piece.text().getBytes() : Files.readAllBytes(piece.file()));
        }
        return out.toByteArray();
    }

    private Path body(String boundary, byte[]... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(("--" + boundary + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.writeBytes(part);
            out.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return Files.write(folder.resolve("body"), out.toByteArray());
    }

    private static byte[] part(String filename, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("Content-Disposition: form-data; name=\"x\"; filename=\"" + filename
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(content);
        return out.toByteArray();
    }
}
