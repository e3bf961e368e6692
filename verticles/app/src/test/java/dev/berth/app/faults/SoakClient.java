package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.ImageFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A client that owns some images, which share their rootfs with everybody's, and remembers what it was told of them. One
 * thread.
 */
final class SoakClient {
    private static final int MOST_IMAGES = 6;
    private static final int MOST_NAMES = 12;
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(200_000);

    private final RawClient client;
    private final Images images;
    private final int number;
    private final Random random;
    private final Map<String, byte[]> kept = new TreeMap<>();
    private final Map<String, Integer> done = new TreeMap<>();

    SoakClient(RawClient client, int number, long seed) {
        this.client = client;
        this.images = new Images(client);
        this.number = number;
        this.random = new Random(seed + number);
    }

    SoakClient workFor(long nanos) {
        long end = System.nanoTime() + nanos;
        try {
            while (System.nanoTime() < end) {
                work();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    int kept() {
        return kept.size();
    }

    String tally() {
        return "client " + number + " did " + done + ", keeps " + kept.size();
    }

    void everythingIsThere() throws IOException {
        for (String fingerprint : kept.keySet()) {
            read(fingerprint);
        }
    }

    private void work() throws IOException {
        int choice = random.nextInt(10);
        if (kept.isEmpty() || choice < 3 && kept.size() < MOST_IMAGES) {
            push("client-" + number + "-" + random.nextInt(MOST_NAMES));
        } else if (choice < 5) {
            delete(any());
        } else if (choice < 7) {
            name(any());
        } else {
            read(any());
        }
    }

    /** The same few images come again after they were deleted, while their blobs are being swept. */
    private void push(String name) throws IOException {
        byte[] metadata = Form.metadata(name);
        Images.Outcome outcome = images.upload(Form.split(metadata, ROOTFS));
        boolean known = kept.containsKey(ImageFixtures.fingerprint(metadata, ROOTFS));
        assertThat(outcome.error()).isEqualTo(known ? "Image with same fingerprint already exists" : "");
        kept.put(outcome.fingerprint(), metadata);
        count("push");
    }

    private void delete(String fingerprint) throws IOException {
        assertThat(images.delete(fingerprint).error()).isEmpty();
        kept.remove(fingerprint);
        assertThat(images.export(fingerprint).status()).isEqualTo(404);
        count("delete");
    }

    private void name(String fingerprint) throws IOException {
        String alias = "alias-" + number;
        String target = "{\"name\": \"" + alias + "\", \"target\": \"" + fingerprint + "\"}";
        Reply moved = client.sendJson("PUT", "/1.0/images/aliases/" + alias, target);
        Reply made = moved.status() == 404 ? client.sendJson("POST", "/1.0/images/aliases", target) : moved;
        assertThat(made.status()).as("%s", made).isIn(200, 201);
        Reply found = client.get("/1.0/images/aliases/" + alias);
        assertThat(found.metadata().path("target").asText()).as("%s", found).isEqualTo(fingerprint);
        count("name");
    }

    private void read(String fingerprint) throws IOException {
        Reply export = images.export(fingerprint);
        assertThat(export.status()).as("%s", export).isEqualTo(200);
        assertThat(ImageFixtures.fingerprint(Form.contents(export))).isEqualTo(fingerprint);
        count("read");
    }

    private String any() {
        List<String> all = new ArrayList<>(kept.keySet());
        return all.get(random.nextInt(all.size()));
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }
}
