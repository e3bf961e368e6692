package dev.berth.serve.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kit.openpgp.Keyring;
import dev.berth.kit.openpgp.SigningKey;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.edge.Document;
import dev.berth.testkit.Gpg;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedDocumentsTest {
    private static final byte[] INDEX = bytes("{\"index\":{\"images\":{\"path\":\"streams/v1/images.json\"}}}");
    private static final byte[] SIGNED_INDEX = bytes("{\"index\":{\"images\":{\"path\":\"streams/v1/images.sjson\"}}}");
    private static final byte[] IMAGES = LxdJson.bytes(products(3000));

    @TempDir Path folder;
    private final SigningKey key = SigningKey.make("Berth", Clock.systemUTC());

    @Test
    @DisplayName("formats 111: GnuPG finds all four good, and they say what the plain ones say")
    void gpg_believes_all_of_them() throws Exception {
        Map<String, Document> signed = of(IMAGES);
        try (Gpg gpg = Gpg.in(folder.resolve("gpg"))) {
            gpg.run("--import", gpg.file(bytes(key.publicKey())));
            gpg.run("--verify", gpg.file(signed.get("streams/v1/index.sjson").content()));
            gpg.run("--verify", gpg.file(signed.get("streams/v1/images.sjson").content()));
            gpg.run("--verify", gpg.file(signed.get("streams/v1/index.json.gpg").content()), gpg.file(INDEX));
            gpg.run("--verify", gpg.file(signed.get("streams/v1/images.json.gpg").content()), gpg.file(IMAGES));
        }
        assertThat(text(signed.get("streams/v1/index.sjson"))).isEqualTo(LxdJson.read(SIGNED_INDEX));
        assertThat(text(signed.get("streams/v1/images.sjson"))).isEqualTo(LxdJson.read(IMAGES));
    }

    @Test
    void what_cannot_be_signed_as_text_has_its_signature_beside_it() {
        ObjectNode names = products(1).put("aliases", "n,".repeat(15_000));

        assertThat(of(LxdJson.bytes(names))).containsOnlyKeys("streams/v1/index.json.gpg", "streams/v1/images.json.gpg");
    }

    @Test
    void lines_break_between_values_only() {
        byte[] json = LxdJson.bytes(products(50).put("text", ",\\\",".repeat(400)));
        byte[] broken = JsonLines.of(json);

        assertThat(LxdJson.read(broken)).isEqualTo(LxdJson.read(json));
        assertThat(Arrays.stream(new String(broken, StandardCharsets.UTF_8).split("\n"))).hasSizeGreaterThan(5);
        assertThat(new String(broken, StandardCharsets.UTF_8).replace("\n", "")).isEqualTo(new String(json, StandardCharsets.UTF_8));
    }

    private Map<String, Document> of(byte[] images) {
        return SignedDocuments.of(INDEX, SIGNED_INDEX, images, Instant.now(), key);
    }

    /** As somebody reads it who believes the key. */
    private JsonNode text(Document signed) throws Exception {
        Path ring = Files.writeString(folder.resolve("ring"), key.publicKey());
        return LxdJson.read(Keyring.read(ring, Clock.systemUTC()).verifyClearSigned(signed.content()).text());
    }

    private static ObjectNode products(int count) {
        ObjectNode products = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < count; i++) {
            products.putObject("debian:13:amd64:" + i).put("a", "- \\ \" , ü").put("size", -i);
        }
        return JsonNodeFactory.instance.objectNode().set("products", products);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
