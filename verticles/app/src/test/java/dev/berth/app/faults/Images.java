package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a client of images does, in the words of the API. Any thread. */
final class Images {
    private static final String IMAGES = "/1.0/images";
    private static final int SUCCESS = 200;

    private final RawClient client;

    Images(RawClient client) {
        this.client = client;
    }

    /**
     * How an operation ended.
     *
     * @param succeeded whether it did what was asked
     * @param error why not, in words
     * @param metadata its facts
     */
    record Outcome(boolean succeeded, String error, JsonNode metadata) {
        String fingerprint() {
            return metadata.path("fingerprint").asText();
        }
    }

    Outcome upload(byte[] image) throws IOException {
        return upload(image, Map.of("Content-Type", "application/octet-stream"));
    }

    Outcome upload(Form form) throws IOException {
        return upload(form.body(), Map.of("Content-Type", form.contentType()));
    }

    /** Sends a body that the service must take as an upload, and waits for what comes of it. */
    Outcome upload(byte[] body, Map<String, String> headers) throws IOException {
        return outcome(client.send("POST", IMAGES, headers, body));
    }

    Outcome delete(String fingerprint) throws IOException {
        return outcome(client.send("DELETE", IMAGES + "/" + fingerprint, Map.of(), new byte[0]));
    }

    /** The end of the operation that was promised. */
    Outcome outcome(Reply promised) throws IOException {
        assertThat(promised.status()).as("%s", promised).isEqualTo(202);
        JsonNode ended = client.get(promised.json().path("operation").asText() + "/wait?timeout=60").metadata();
        String error = ended.path("err").asText();
        int code = ended.path("status_code").asInt();
        assertThat(code).as("ended: %s", ended).isGreaterThanOrEqualTo(SUCCESS);
        assertThat(error.isEmpty()).as("a text exactly when it failed: %s", ended).isEqualTo(code == SUCCESS);
        return new Outcome(code == SUCCESS, error, ended.path("metadata"));
    }

    Reply export(String fingerprint) throws IOException {
        return client.get(IMAGES + "/" + fingerprint + "/export");
    }

    /** The fingerprints of all images that are listed. */
    Set<String> listed() throws IOException {
        Set<String> fingerprints = new TreeSet<>();
        Reply all = client.get(IMAGES + "?recursion=1");
        assertThat(all.status()).as("%s", all).isEqualTo(200);
        all.metadata().forEach(image -> fingerprints.add(image.path("fingerprint").asText()));
        return fingerprints;
    }
}
