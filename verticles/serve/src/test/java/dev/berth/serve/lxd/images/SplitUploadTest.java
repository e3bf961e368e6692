package dev.berth.serve.lxd.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.IntakeContract;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.StreamLabels;
import dev.berth.serve.lxd.images.FakeIntake.Received;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import dev.berth.testkit.ImageFixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitUploadTest {
    private static final String TYPE = "multipart/form-data; boundary=cut-here";
    private final ImageWorld world = new ImageWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("rest-api 95, formats 35")
    void two_parts_go_into_two_streams_in_fingerprint_order() {
        byte[] metadata = RawUploadTest.random(3000);
        byte[] rootfs = RawUploadTest.random(18 << 20);
        byte[] body = new Parts().add("metadata", "meta.tar.xz", metadata).add("rootfs", "dir/root.squashfs", rootfs)
                .close();

        Reply reply = upload(body);

        Finish end = world.operations.end(reply.operation());
        assertThat(end.metadata())
                .containsEntry("fingerprint", ImageFixtures.fingerprint(metadata, rootfs))
                .containsEntry("size", Integer.toString(metadata.length + rootfs.length));
        Received received = world.intake.received().get(0);
        assertThat(received.files().get(0)).isEqualTo(metadata);
        assertThat(received.files().get(1)).isEqualTo(rootfs);
        assertThat(received.labels().get(0)).containsEntry(StreamLabels.PART, "metadata");
        assertThat(received.labels().get(1))
                .containsEntry(StreamLabels.PART, "rootfs")
                .containsEntry(StreamLabels.FILENAME, "root.squashfs");
    }

    @Test
    @DisplayName("rest-api 96, formats 39")
    void a_disk_is_told_by_the_name_of_its_part() {
        byte[] body = new Parts().add("metadata", "m", bytes("m")).add("rootfs.img", "d", bytes("disk")).close();

        world.operations.end(upload(body).operation());

        assertThat(world.intake.received().get(0).labels().get(1)).containsEntry(StreamLabels.PART, "rootfs.img");
    }

    @ParameterizedTest
    @DisplayName("rest-api 98, formats 36")
    @CsvSource({"metadata,other", "rootfs,metadata", "metadata,metadata", "metadata,''"})
    void parts_with_other_names_or_in_another_order_are_refused(String first, String second) {
        byte[] body = new Parts().add(first, "a", bytes("a")).add(second, "b", bytes("b")).close();

        assertRefused(body, "Invalid multipart image");
    }

    @Test
    @DisplayName("rest-api 99, formats 37")
    void a_missing_second_part_is_the_end_of_the_file() {
        assertRefused(new Parts().add("metadata", "a", bytes("a")).close(), "EOF");
    }

    @Test
    void an_empty_body_is_the_end_of_the_file_too() {
        assertRefused(new byte[0], "EOF");
    }

    @Test
    @DisplayName("formats 38")
    void a_third_part_is_ignored() {
        byte[] body = new Parts().add("metadata", "a", bytes("a")).add("rootfs", "b", bytes("b"))
                .add("more", "c", bytes("c")).close();

        Finish end = world.operations.end(upload(body).operation());

        assertThat(end.status()).isEqualTo(Status.SUCCESS);
        assertThat(world.intake.received().get(0).fingerprint())
                .isEqualTo(ImageFixtures.fingerprint(bytes("a"), bytes("b")));
    }

    @Test
    void a_body_that_ends_within_a_part_never_looks_complete() {
        byte[] whole = new Parts().add("metadata", "a", bytes("a")).add("rootfs", "b", bytes("bbbb")).close();

        assertRefused(Arrays.copyOf(whole, whole.length - "\r\n--cut-here--".length()), "unexpected EOF");
    }

    /** Both parts are whole then, but the client knows of a failure, and so must we. */
    @Test
    void a_client_that_dies_before_the_last_byte_has_uploaded_nothing() throws IOException {
        byte[] whole = new Parts().add("metadata", "a", bytes("a")).add("rootfs", "b", bytes("bbbb")).close();
        try (Socket socket = new Socket("127.0.0.1", world.port())) {
            socket.getOutputStream().write(bytes("POST /1.0/images HTTP/1.1\r\nHost: x\r\nContent-Type: " + TYPE
                    + "\r\nContent-Length: " + whole.length + "\r\n\r\n"));
            socket.getOutputStream().write(whole, 0, whole.length - 1);
            socket.getOutputStream().flush();
            RawUploadTest.awaitTrue(() -> !world.features.asked(IntakeContract.ARRIVE).isEmpty());
        }

        RawUploadTest.awaitTrue(() -> !world.intake.broken().isEmpty());
        assertThat(world.intake.received()).isEmpty();
        assertThat(world.operations.count()).isZero();
    }

    @Test
    void a_content_type_without_a_boundary_is_refused() {
        Reply reply = world.send(
                "POST", "/1.0/images", BodyPublishers.ofByteArray(bytes("x")), "Content-Type", "multipart/form-data");

        assertThat(world.operations.end(reply.operation()).error()).isEqualTo("Invalid multipart image");
    }

    @Test
    void a_full_disk_is_told_while_the_second_part_still_comes_in() {
        world.intake.refuseAfter(1 << 20);
        byte[] body = new Parts().add("metadata", "a", bytes("a")).add("rootfs", "b", RawUploadTest.random(24 << 20))
                .close();

        assertThat(world.operations.end(upload(body).operation()).error()).isEqualTo("no room: 5 bytes wanted, 3 free");
    }

    @Test
    void headers_count_for_split_images_too() {
        byte[] body = new Parts().add("metadata", "a", bytes("a")).add("rootfs", "b", bytes("b")).close();

        upload(body, "X-LXD-filename", "meta.tar.xz", "X-LXD-properties", "a=b");

        IntakeContract.Claims claims = world.features.lastAsked(IntakeContract.ARRIVE).claims();
        assertThat(claims.filename()).isEqualTo("meta.tar.xz");
        assertThat(claims.properties()).containsEntry("a", "b");
        assertThat(claims.incus()).isFalse();
    }

    private void assertRefused(byte[] body, String text) {
        Reply reply = upload(body);

        assertThat(reply.status()).isEqualTo(202);
        Finish end = world.operations.end(reply.operation());
        assertThat(end.status()).isEqualTo(Status.FAILURE);
        assertThat(end.error()).isEqualTo(text);
        assertThat(world.intake.received()).isEmpty();
    }

    private Reply upload(byte[] body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = TYPE;
        return world.send(
                "POST", "/1.0/images", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), all);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** Writes multipart bodies as Go does. */
    private static final class Parts {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Parts add(String name, String filename, byte[] content) {
            String start = body.size() == 0 ? "" : "\r\n";
            body.writeBytes(bytes(start + "--cut-here\r\nContent-Disposition: form-data; name=\"" + name
                    + "\"; filename=\"" + filename + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
            body.writeBytes(content);
            return this;
        }

        byte[] close() {
            body.writeBytes(bytes("\r\n--cut-here--\r\n"));
            return body.toByteArray();
        }
    }
}
