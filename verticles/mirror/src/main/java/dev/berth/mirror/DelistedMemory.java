package dev.berth.mirror;

import dev.berth.contract.MirrorContract.Delisted;
import dev.berth.contract.MirrorContract.DelistedFiles;
import dev.berth.kit.disk.PrivateFiles;
import dev.berth.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one upstream no longer lists and clients with an older list may still ask for, in a file, because a restart must not
 * shorten the grace time. Blocks: for worker threads.
 */
final class DelistedMemory {
    private static final Logger LOG = LoggerFactory.getLogger(DelistedMemory.class);

    private final Path file;

    DelistedMemory(Path file) {
        this.file = file;
    }

    /** Nothing when there is none. One that cannot be read costs the rest of the grace time, not the start. */
    List<Delisted> read() {
        try {
            return ((DelistedFiles) WireJson.decode(Files.readAllBytes(file))).files();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException | RuntimeException e) {
            LOG.warn("what was delisted before this start is forgotten, because {} cannot be read: {}", file, e.toString());
            return List.of();
        }
    }

    void write(List<Delisted> files) throws IOException {
        PrivateFiles.makeFolder(file.getParent());
        PrivateFiles.write(file, new String(WireJson.encode(new DelistedFiles(files)), StandardCharsets.UTF_8));
    }
}
