package dev.berth.serve.lxd.images;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.FindProfile;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import java.util.List;

/** Makes sure that the profiles an image names exist. */
final class Profiles {
    static final List<String> DEFAULT = List.of("default");

    private final Bus bus;

    Profiles(Bus bus) {
        this.bus = bus;
    }

    /** Refused: INVALID {@code Profile 'x' doesn't exist} for the first that does not. */
    Future<Void> mustExist(Scope scope, List<String> names) {
        Future<Void> checked = Future.succeededFuture();
        for (String name : names) {
            checked = checked.compose(done -> mustExist(scope, name));
        }
        return checked;
    }

    private Future<Void> mustExist(Scope scope, String name) {
        return bus.ask(TrustContract.FIND_PROFILE, new FindProfile(scope.project(), name))
                .compose(answer -> answer.fold(
                        found -> Future.succeededFuture(),
                        refused -> Future.failedFuture(
                                new RefusedException(Refused.invalid("Profile '" + name + "' doesn't exist")))));
    }
}
