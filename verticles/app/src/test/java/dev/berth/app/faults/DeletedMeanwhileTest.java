package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An image that goes away while somebody reads it, through the whole service. */
@Timeout(120)
class DeletedMeanwhileTest {
    /** More than sockets buffer, so that most of it is still to be read from the disk. */
    private static final int ROOTFS_BYTES = 20 << 20;
    private static final int READ_BEFORE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    @DisplayName("rest-api 171")
    void an_export_goes_on_to_its_end_when_its_image_is_deleted_and_its_files_are_swept() throws Exception {
        try (RunningBerth berth = RunningBerth.in(folder.resolve("data"), Map.of("store.delete-grace", "10ms"))) {
            RawClient client = new RawClient(berth.unixSocket());
            Images images = new Images(client);
            Form form = Form.split(Form.metadata("deleted"), ImageFixtures.squashfsLike(ROOTFS_BYTES));
            String fingerprint = images.upload(form).fingerprint();
            try (SocketChannel export = client.begin("GET", "/1.0/images/" + fingerprint + "/export", Map.of(), 0)) {
                ByteArrayOutputStream read = new ByteArrayOutputStream();
                read.writeBytes(firstBytes(export));

                assertThat(images.delete(fingerprint).succeeded()).isTrue();
                Remains.eventually("no file is left", () -> Remains.files(berth.data()).isEmpty());
                read.writeBytes(RawClient.readAll(export));

                assertThat(ImageFixtures.fingerprint(Form.contents(Reply.parse(read.toByteArray())))).isEqualTo(fingerprint);
            }
        }
    }

    private static byte[] firstBytes(SocketChannel export) throws Exception {
        ByteBuffer first = ByteBuffer.allocate(READ_BEFORE);
        while (first.hasRemaining()) {
            assertThat(export.read(first)).as("bytes of the export").isPositive();
        }
        return first.array();
    }
}
