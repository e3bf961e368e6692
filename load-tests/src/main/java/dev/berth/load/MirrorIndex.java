package dev.berth.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import java.nio.charset.StandardCharsets;

/** Where a stream of Berth says that its files are. */
final class MirrorIndex {
    private MirrorIndex() {}

    /** Path of the rootfs of an image that the mirror of an upstream lists, relative to the mirror. */
    static String rootfs(BerthPeer berth, String upstream, String alias) {
        return find(berth, "/mirror/" + upstream, "root.tar.xz", "/products/" + alias);
    }

    /** Path of the first item of a kind, relative to the stream at {@code base}. */
    static String item(BerthPeer berth, String base, String ftype) {
        return find(berth, base, ftype, "");
    }

    private static String find(BerthPeer berth, String base, String ftype, String below) {
        String url = berth.https() + base + "/streams/v1/images.json";
        String text = Shell.run("curl", "-skf", url).orFail().text();
        for (JsonNode item : LxdJson.read(text.getBytes(StandardCharsets.UTF_8)).at(below).findParents("ftype")) {
            if (item.path("ftype").asText().equals(ftype)) {
                return item.path("path").asText();
            }
        }
        throw new IllegalStateException(url + " lists no " + ftype + ": " + text);
    }
}
