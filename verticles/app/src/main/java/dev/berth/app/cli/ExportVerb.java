package dev.berth.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes an image back into one file, or two when it is split. */
@Command(name = "export", description = "Export an image into the file or files it was imported from.")
final class ExportVerb extends ClientVerb {
    @Parameters(index = "0", paramLabel = "IMAGE", description = "An alias, a fingerprint or its beginning.")
    private String image;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FOLDER", description = "Where to write. Default: here.")
    private Path folder = Path.of("");

    @Override
    void run(Service service) throws Failure, IOException {
        JsonNode known = service.get("/1.0/images/" + resolved(service, image));
        String fingerprint = known.path("fingerprint").asText();
        Path unfinished = unfinished(fingerprint);
        try {
            written(downloaded(service, known, unfinished), unfinished, fingerprint);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Not a temporary file of Java's, which others may never read. */
    private Path unfinished(String fingerprint) throws IOException {
        return Files.createFile(folder.resolve(".berth-export-" + fingerprint + "." + ProcessHandle.current().pid() + ".part"));
    }

    private Download downloaded(Service service, JsonNode known, Path target) throws Failure {
        try (ProgressBar bar = ProgressBar.onTerminal("export", known.path("size").asLong())) {
            return service.download("/1.0/images/" + known.path("fingerprint").asText() + "/export", target, bar);
        }
    }

    private void written(Download download, Path body, String fingerprint) throws IOException {
        if (download.boundary() != null) {
            SplitParts.extract(body, download.boundary(), folder).forEach(part -> out().println(part));
            return;
        }
        Path target = folder.resolve(download.filename(fingerprint));
        Files.move(body, target, StandardCopyOption.REPLACE_EXISTING);
        out().println(target);
    }
}
