package dev.berth.serve.lxd.images;

import dev.berth.contract.Answer;
import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.FindMirrored;
import dev.berth.contract.MirrorContract.ListUpstreams;
import dev.berth.contract.MirrorContract.Mirrored;
import dev.berth.contract.MirrorContract.Upstream;
import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Readers;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Images of those upstreams that are exposed as {@code rest}, for everybody who may read their lists below {@code
 * /mirror/NAME}. Their names here are {@code NAME/ALIAS}; with {@code /vm} after them they mean virtual machines where that
 * name means both.
 */
final class Upstreams {
    private static final String REST = "rest";
    private static final String VIRTUAL_MACHINE = "/vm";
    private static final Refused SEVERAL = new Refused(Reason.BROKEN, "More than one image matches");

    private final Bus bus;
    private final Readers readers;

    Upstreams(EdgeTools tools) {
        this.bus = tools.bus();
        this.readers = new Readers(tools);
    }

    /** What a name like {@code ubuntu/noble} stands for. Refused: UNAVAILABLE when its upstream never told its list. */
    Future<Optional<MirroredImage>> named(RoutingContext ctx, String name) {
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            return none();
        }
        String upstream = name.substring(0, slash);
        return exposed(ctx, each -> each.name().equals(upstream)).compose(all -> all.isEmpty() ? none() : aliased(upstream, name.substring(slash + 1)));
    }

    /** The image that has this fingerprint, or whose fingerprint alone begins so. Refused: BROKEN when there are several. */
    Future<Optional<MirroredImage>> fingerprinted(RoutingContext ctx, String prefix) {
        if (!Fingerprint.isPrefix(prefix)) {
            return none();
        }
        // Who never told its list has no say, and nobody waits for it.
        return exposed(ctx, each -> each.asked() != null)
                .compose(all -> Future.join(all.stream().map(upstream -> begun(upstream, prefix)).toList()))
                .compose(found -> only(found.list()));
    }

    private Future<List<String>> exposed(RoutingContext ctx, Predicate<Upstream> which) {
        return bus.ask(MirrorContract.UPSTREAMS, new ListUpstreams()).compose(all -> {
            List<String> names = all.upstreams().stream()
                    .filter(upstream -> upstream.expose().contains(REST))
                    .filter(which)
                    .map(Upstream::name)
                    .toList();
            return Future.all(names.stream().map(name -> readers.mayRead(ctx, list(name))).toList())
                    .map(may -> IntStream.range(0, names.size()).filter(may::<Boolean>resultAt).mapToObj(names::get).toList());
        });
    }

    /** Whoever may read this list may have what is in it. */
    private static String list(String upstream) {
        return "/mirror/" + upstream + "/streams/v1/images.json";
    }

    private Future<Optional<MirroredImage>> aliased(String upstream, String alias) {
        return found(upstream, alias, null).compose(image -> image.isPresent() || !alias.endsWith(VIRTUAL_MACHINE)
                ? Future.succeededFuture(image)
                : found(upstream, alias.substring(0, alias.length() - VIRTUAL_MACHINE.length()), ImageType.VIRTUAL_MACHINE));
    }

    private Future<Optional<MirroredImage>> found(String upstream, String name, ImageType type) {
        return ask(upstream, name, type).compose(answer -> answer.fold(
                mirrored -> Future.succeededFuture(Optional.of(new MirroredImage(upstream, mirrored))),
                refused -> refused.reason() == Reason.UNAVAILABLE ? Future.failedFuture(new RefusedException(refused)) : none()));
    }

    private Future<Optional<MirroredImage>> begun(String upstream, String prefix) {
        return ask(upstream, prefix, null).compose(answer -> answer.fold(
                mirrored -> Future.succeededFuture(Optional.of(new MirroredImage(upstream, mirrored))
                        .filter(image -> image.offer().fingerprint().hex().startsWith(prefix))),
                refused -> refused.reason() == Reason.INVALID ? Future.failedFuture(new RefusedException(SEVERAL)) : none()));
    }

    private Future<Answer<Mirrored>> ask(String upstream, String name, ImageType type) {
        return bus.ask(MirrorContract.FIND, new FindMirrored(upstream, name, type, null));
    }

    /** Of upstreams with the same image, one that tells its files: then its bytes are passed on while they arrive. */
    private static Future<Optional<MirroredImage>> only(List<Optional<MirroredImage>> found) {
        List<MirroredImage> images = found.stream().flatMap(Optional::stream).toList();
        boolean several = images.stream().map(image -> image.offer().fingerprint()).distinct().count() > 1;
        return several
                ? Future.failedFuture(new RefusedException(SEVERAL))
                : Future.succeededFuture(images.stream().max(Comparator.comparing(MirroredImage::tellsItsFiles)));
    }

    private static Future<Optional<MirroredImage>> none() {
        return Future.succeededFuture(Optional.empty());
    }
}
