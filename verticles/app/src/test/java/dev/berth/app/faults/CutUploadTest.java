package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads whose sender leaves at some byte, and bodies shorter or longer than they say. */
@DisplayName("reliability S02; an upload cut at any byte")
@Timeout(120)
class CutUploadTest {
    private static final int CUTS = 40;

    @TempDir
    Path folder;

    @Test
    void a_unified_image_cut_at_any_byte_leaves_nothing() throws Exception {
        byte[] image = ImageFixtures.unifiedNamed(Packing.PLAIN, "cut");

        cutAnywhere(image, "application/octet-stream", ImageFixtures.fingerprint(image), 1);
    }

    @Test
    void a_split_image_cut_at_any_byte_leaves_nothing() throws Exception {
        byte[] metadata = Form.metadata("cut");
        byte[] rootfs = ImageFixtures.squashfsLike(300_000);
        Form form = Form.split(metadata, rootfs);

        cutAnywhere(form.body(), form.contentType(), ImageFixtures.fingerprint(metadata, rootfs), 2);
    }

    private void cutAnywhere(byte[] body, String type, String fingerprint, int files) throws Exception {
        try (RunningBerth berth = RunningBerth.in(folder.resolve("data"))) {
            RawClient client = new RawClient(berth.unixSocket());
            Remains before = Remains.of(berth.data(), client);
            for (int cut : cuts(body.length)) {
                sendPart(client, body, cut, type);
                before.areSame();
            }

            Images images = new Images(client);
            assertThat(images.upload(body, Map.of("Content-Type", type)).fingerprint()).isEqualTo(fingerprint);
            Remains.eventually("only the files of the whole image", () -> Remains.files(berth.data()).size() == files);
            assertThat(images.listed()).containsExactly(fingerprint);
        }
    }

    /** A body that goes on after its announced length is the next request, and none. All of it comes before the answer. */
    @Test
    void a_body_longer_than_announced_is_taken_as_announced() throws Exception {
        byte[] image = ImageFixtures.unifiedNamed(Packing.PLAIN, "long");
        byte[] twice = Arrays.copyOf(image, 2 * image.length);
        System.arraycopy(image, 0, twice, image.length, image.length);
        try (RunningBerth berth = RunningBerth.in(folder.resolve("data"))) {
            RawClient client = new RawClient(berth.unixSocket());
            try (SocketChannel channel = client.begin("POST", "/1.0/images", Map.of(), image.length)) {
                RawClient.write(channel, twice, 0, twice.length);
                Images images = new Images(client);
                Reply reply = Reply.parse(RawClient.readAll(channel));

                assertThat(images.outcome(reply).fingerprint()).isEqualTo(ImageFixtures.fingerprint(image));
                assertThat(images.listed()).containsExactly(ImageFixtures.fingerprint(image));
            }
        }
    }

    private static void sendPart(RawClient client, byte[] body, int cut, String type) throws Exception {
        try (SocketChannel channel = client.begin("POST", "/1.0/images", Map.of("Content-Type", type), body.length)) {
            RawClient.write(channel, body, 0, cut);
        }
    }

    /** The first bytes, the last, and some between. */
    private static Set<Integer> cuts(int length) {
        long seed = System.nanoTime();
        System.out.println("cuts chosen with seed " + seed);
        Random random = new Random(seed);
        Set<Integer> cuts = new TreeSet<>(Set.of(0, 1, 2, length / 2, length - 2, length - 1));
        while (cuts.size() < CUTS) {
            cuts.add(random.nextInt(length));
        }
        return cuts;
    }
}
