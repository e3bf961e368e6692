package dev.berth.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import java.nio.charset.StandardCharsets;

/** Where a stream of Berth says that its files are. */
final class MirrorIndex {
    private MirrorIndex() {}

    /** Path of the only rootfs that the mirror of an upstream lists, relative to the mirror. */
    static String rootfs(BerthPeer berth, String upstream) {
        return item(berth, "/mirror/" + upstream, "root.tar.xz");
    }

    /** Path of the first item of a kind, relative to the stream at {@code base}. */
    static String item(BerthPeer berth, String base, String ftype) {
        String url = berth.https() + base + "/streams/v1/images.json";
        String text = Shell.run("curl", "-skf", url).orFail().text();
        for (JsonNode item : LxdJson.read(text.getBytes(StandardCharsets.UTF_8)).findParents("ftype")) {
            if (item.path("ftype").asText().equals(ftype)) {
                return item.path("path").asText();
            }
        }
        throw new IllegalStateException(url + " lists no " + ftype + ": " + text);
    }
}
