package dev.berth.serve.direct;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindAlias;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.Found;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.Refused;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Finds the image a name stands for, among those that everybody may see. */
final class DirectImages {
    private static final String PROJECT = "default";

    private final Bus bus;

    DirectImages(Bus bus) {
        this.bus = bus;
    }

    /**
     * Refused: NOT_FOUND, also when there is an image but none for these architectures.
     *
     * @param name alias, fingerprint or the beginning of one
     * @param wanted best first; empty for whatever the name stands for
     */
    Future<Image> find(String name, List<Architecture> wanted) {
        return named(name).compose(image -> image
                .filter(found -> wanted.isEmpty() || wanted.get(0) == found.architecture())
                .map(Future::succeededFuture)
                .orElseGet(() -> other(name, image, wanted)));
    }

    private Future<Image> other(String name, Optional<Image> named, List<Architecture> wanted) {
        if (wanted.isEmpty() || Fingerprint.isWhole(name)) {
            return named.map(Future::succeededFuture).orElseGet(() -> byFingerprint(name));
        }
        return bus.ask(CatalogContract.SELECT_IMAGES, new SelectImages(PROJECT, null, null))
                .map(all -> all.images().stream().filter(Image::visible).toList())
                .compose(all -> new Choice(name, named, all).best(wanted)
                        .map(Future::succeededFuture)
                        .orElseGet(() -> named.isPresent() ? refused(name, named.get(), wanted) : byFingerprint(name)));
    }

    private Future<Optional<Image>> named(String name) {
        return bus.ask(CatalogContract.FIND_ALIAS, new FindAlias(PROJECT, name, true))
                .compose(answer -> answer.fold(
                        alias -> image(alias.target().hex()).map(found -> found.fold(it -> Optional.of(it.image()), no -> Optional.empty())),
                        no -> Future.succeededFuture(Optional.empty())));
    }

    private Future<Image> byFingerprint(String prefix) {
        return bus.require(CatalogContract.FIND_IMAGE, new FindImage(PROJECT, prefix, true)).map(Found::image);
    }

    private Future<Answer<Found>> image(String fingerprint) {
        return bus.ask(CatalogContract.FIND_IMAGE, new FindImage(PROJECT, fingerprint, true));
    }

    private static Future<Image> refused(String name, Image only, List<Architecture> wanted) {
        return Future.failedFuture(new RefusedException(Refused.notFound("\"" + name + "\" is an image for "
                + only.architecture().canonical() + ", and there is none for "
                + String.join(", ", wanted.stream().map(Architecture::canonical).toList()))));
    }
}
