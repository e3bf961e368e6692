package dev.berth.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads an image, waits until it is kept, then points aliases at it. */
@Command(name = "import", description = "Import an image from its file, or from its metadata and rootfs files.")
final class ImportVerb extends ClientVerb {
    @Parameters(index = "0", paramLabel = "FILE", description = "The unified tarball, or a split image's metadata tarball.")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ROOTFS", description = "A split image's rootfs: squashfs, tarball or qcow2.")
    private Path rootfs;

    @Option(names = "--alias", paramLabel = "ALIAS", description = "An alias for the image; moved when it exists; repeatable.")
    private List<String> aliases = List.of();

    @Option(names = "--public", description = "Let everybody see and fetch the image.")
    private boolean isPublic;

    @Option(names = "--property", paramLabel = "KEY=VALUE", description = "A property over those of the image; repeatable.")
    private Map<String, String> properties = Map.of();

    @Override
    void run(Service service) throws Failure, IOException {
        String fingerprint = uploaded(service).path("fingerprint").asText();
        for (String alias : aliases) {
            AliasVerb.point(service, alias, fingerprint);
        }
        out().println(fingerprint);
    }

    private JsonNode uploaded(Service service) throws Failure, IOException {
        UploadForm form = rootfs == null ? UploadForm.unified(file) : UploadForm.split(file, rootfs);
        try (ProgressBar bar = ProgressBar.onTerminal("import", form.length())) {
            return service.finished(service.upload("/1.0/images", headers(), form, bar));
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-LXD-filename", file.getFileName().toString());
        if (isPublic) {
            headers.put("X-LXD-public", "true");
        }
        if (!properties.isEmpty()) {
            headers.put("X-LXD-properties", properties.entrySet().stream()
                    .map(property -> Service.escaped(property.getKey()) + "=" + Service.escaped(property.getValue()))
                    .collect(Collectors.joining("&")));
        }
        return headers;
    }
}
