package dev.berth.app.cli;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes images; waits until each is gone. */
@Command(name = "delete", description = "Delete images with their aliases.")
final class DeleteVerb extends ClientVerb {
    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Aliases, fingerprints or their beginnings.")
    private List<String> images;

    @Override
    void run(Service service) throws Failure {
        for (String image : images) {
            service.finished(service.send(HttpMethod.DELETE, "/1.0/images/" + resolved(service, image), null));
        }
    }
}
