package dev.berth.fetch.streams;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A document of another server on our disk: {@code KEY.json}, and {@code KEY.tag} with two lines, its entity tag and a
 * name for these very bytes. The time of the file is when it was last found to be current. Blocks: for worker threads.
 *
 * @param body the file
 * @param etag quoted, or empty
 * @param version differs from that of all other bytes
 * @param checked when it was last found to be current
 * @param trouble why that could not be found out this time, or empty
 */
public record KeptDocument(Path body, String etag, String version, Instant checked, String trouble) {

    private KeptDocument(Path body, String etag, String version, Instant checked) {
        this(body, etag, version, checked, "");
    }

    /** Null when there is none. */
    static KeptDocument find(Path folder, String key) throws IOException {
        Path body = body(folder, key);
        if (!Files.exists(body) || !Files.exists(tag(folder, key))) {
            return null;
        }
        List<String> tag = Files.readAllLines(tag(folder, key), StandardCharsets.UTF_8);
        return tag.size() < 2
                ? null
                : new KeptDocument(body, tag.get(0), tag.get(1), Files.getLastModifiedTime(body).toInstant());
    }

    /** Takes {@code part} as the document from now on. After a crash in between there is none. */
    static KeptDocument keep(Path folder, String key, Path part, String etag, Instant now) throws IOException {
        KeptDocument kept = new KeptDocument(body(folder, key), etag, UUID.randomUUID().toString(), now);
        Files.deleteIfExists(tag(folder, key));
        Files.setLastModifiedTime(part, FileTime.from(now));
        Files.move(part, kept.body, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(tag(folder, key), etag + "\n" + kept.version + "\n", StandardCharsets.UTF_8);
        return kept;
    }

    /** It is current. */
    KeptDocument confirmed(Instant now) throws IOException {
        Files.setLastModifiedTime(body, FileTime.from(now));
        return new KeptDocument(body, etag, version, now);
    }

    /** It is used although the server could not be asked. */
    KeptDocument unconfirmed(String why) {
        return new KeptDocument(body, etag, version, checked, why);
    }

    private static Path body(Path folder, String key) {
        return folder.resolve(key + ".json");
    }

    private static Path tag(Path folder, String key) {
        return folder.resolve(key + ".tag");
    }
}
