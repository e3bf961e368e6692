package dev.berth.serve.lxd.images;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindAlias;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Share;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.image.Caller;
import dev.berth.image.Image;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Outcome;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Copies an image from another server, or from another project of this one, which needs no network (rest-api 3.5). */
final class Copying {
    private final LxdTools tools;
    private final Profiles profiles;
    private final Watching watching;
    private final OwnServer ownServer;

    Copying(LxdTools tools, Profiles profiles, Watching watching) {
        this.tools = tools;
        this.profiles = profiles;
        this.watching = watching;
        this.ownServer = new OwnServer(tools.edge());
    }

    /** The work of the operation. Every refusal is its outcome. */
    Future<Outcome> copy(CopyRequest request, Scope scope, Caller caller, Operation operation) {
        if (request.problem().isPresent()) {
            return Future.succeededFuture(Outcome.failure(request.problem().get()));
        }
        List<String> named = request.claims().profiles();
        return profiles.mustExist(scope, named == null ? List.of() : named)
                .compose(exist -> ownServer.is(request.source())
                        ? share(request, scope, caller)
                        : bring(request, scope, operation))
                .map(answer -> outcome(scope, answer));
    }

    private Future<Answer<Arrival>> bring(CopyRequest request, Scope scope, Operation operation) {
        return watching.during(operation, () -> tools.bus()
                .ask(IntakeContract.BRING, request.bring(scope.imageProject(), operation.id())));
    }

    private Future<Answer<Arrival>> share(CopyRequest request, Scope scope, Caller caller) {
        String project = request.source().project().isEmpty()
                ? Scope.DEFAULT_PROJECT
                : request.source().project();
        return tools.projects()
                .named(project)
                .compose(from -> known(request, from, caller))
                .recover(Copying::noInfo)
                .compose(image -> tools.bus()
                        .ask(IntakeContract.SHARE, share(request, image, scope.imageProject())));
    }

    private static Share share(CopyRequest request, Image image, String project) {
        return new Share(image, project, request.claims(), request.copyAliases());
    }

    /** What the caller may see over there: by their own right, by a secret, or because everybody may. */
    private Future<Image> known(CopyRequest request, Scope from, Caller caller) {
        boolean free = from.isOpenTo(caller);
        String secret = request.source().secret();
        boolean visibleOnly = !free && secret.isEmpty();
        if (visibleOnly && !from.isDefault()) {
            return Future.failedFuture(Hidden.notFound());
        }
        return target(request.name(), from, visibleOnly)
                .compose(name -> tools.bus()
                        .require(CatalogContract.FIND_IMAGE, new FindImage(from.imageProject(), name, visibleOnly)))
                .compose(found -> secret.isEmpty()
                        ? Future.succeededFuture(found.image())
                        : redeemed(secret, found.image(), free));
    }

    private Future<String> target(String name, Scope from, boolean visibleOnly) {
        return tools.bus()
                .ask(CatalogContract.FIND_ALIAS, new FindAlias(from.imageProject(), name, visibleOnly))
                .map(answer -> answer.fold(alias -> alias.target().hex(), none -> name));
    }

    /** A secret is used up as it would be over the network, also by those who need none. */
    private Future<Image> redeemed(String secret, Image image, boolean free) {
        RedeemToken token = new RedeemToken(Purpose.DOWNLOAD_IMAGE, secret, image.project(), image.fingerprint());
        return tools.bus()
                .ask(TrustContract.REDEEM_TOKEN, token)
                .compose(answer -> answer.fold(
                        redeemed -> Future.succeededFuture(image),
                        refused -> free ? Future.succeededFuture(image) : Future.failedFuture(Hidden.notFound())));
    }

    private static <T> Future<T> noInfo(Throwable cause) {
        return Future.failedFuture(
                cause instanceof RefusedException
                        ? new RefusedException(
                                Refused.notFound("Failed getting remote image info: " + cause.getMessage()))
                        : cause);
    }

    private static Outcome outcome(Scope scope, Answer<Arrival> answer) {
        return answer.fold(
                arrival -> arrival.fold(
                        arrived -> success(
                                scope, arrived.image().fingerprint().hex(), arrived.image().size()),
                        here -> success(scope, here.fingerprint().hex(), here.size())),
                refused -> Outcome.failure(refused.text()));
    }

    /** Sizes are texts here (rest-api 3.5 item 7). */
    private static Outcome success(Scope scope, String fingerprint, long size) {
        String url = scope.url("/1.0/images/" + fingerprint);
        return Outcome.success(Map.of("fingerprint", fingerprint, "size", Long.toString(size)))
                .about(Map.of("images", List.of(url)));
    }
}
