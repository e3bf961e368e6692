package dev.berth.serve.lxd.server;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ListImages;
import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract.Project;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.ProjectOf;
import io.vertx.core.Future;
import java.util.List;

/** Whether a project holds images that would be lost, or would land elsewhere. Its profiles are trust's to look after. */
final class ProjectContents {
    private static final String IMAGES = "features.images";

    private final Bus bus;

    ProjectContents(Bus bus) {
        this.bus = bus;
    }

    /** Refused: INVALID with {@code text} when it has images of its own. */
    Future<Void> mustHaveNoImages(String project, String text) {
        ListImages question = new ListImages(List.of(project), false, false, false, null, false);
        return bus.require(CatalogContract.LIST_IMAGES, question).compose(images -> images.count() == 0
                ? Future.succeededFuture()
                : Future.failedFuture(new RefusedException(Refused.invalid(text))));
    }

    /** Refused: INVALID when images would move to, or from, the default project. */
    Future<Void> mayChange(Project present, Project wanted) {
        return hasImages(present) == hasImages(wanted)
                ? Future.succeededFuture()
                : mustHaveNoImages(present.name(), "Features can only be changed on empty projects");
    }

    /** Removes what landed while the project went: nobody could see it, or give its room back. */
    Future<Void> clear(String project, Requestor requestor) {
        return bus.ask(CatalogContract.SELECT_IMAGES, new SelectImages(project, null, null))
                .compose(landed -> Future.join(landed.images().stream()
                        .map(image -> bus.ask(
                                CatalogContract.REMOVE_IMAGE, new RemoveImage(project, image.fingerprint(), requestor)))
                        .toList()))
                .mapEmpty();
    }

    private static boolean hasImages(Project project) {
        return ProjectOf.isTrue(project.config().get(IMAGES));
    }
}
