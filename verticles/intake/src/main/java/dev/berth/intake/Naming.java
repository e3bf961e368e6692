package dev.berth.intake;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.CreateAlias;
import dev.berth.contract.CatalogContract.FindAlias;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names for an image that was brought here: looked at before the download, made after it (rest-api 3.5 item 6). */
final class Naming {
    private final Bus bus;

    Naming(Bus bus) {
        this.bus = bus;
    }

    /** What was asked for and, if wished, what the source has; what was asked for comes first. */
    static List<Alias> names(List<Alias> asked, List<Alias> offered) {
        Map<String, Alias> names = new LinkedHashMap<>();
        asked.forEach(alias -> names.putIfAbsent(alias.name(), alias));
        offered.forEach(alias -> names.putIfAbsent(alias.name(), alias));
        return List.copyOf(names.values());
    }

    /** Refused with "Alias already exists: x" when a name belongs to another image. */
    Future<Void> mustBeFree(String project, List<Alias> names, Fingerprint target) {
        List<Future<?>> checks = new ArrayList<>();
        for (Alias alias : names) {
            checks.add(bus.ask(CatalogContract.FIND_ALIAS, new FindAlias(project, alias.name(), false))
                    .compose(answer -> answer.fold(
                            taken -> taken.target().equals(target) ? Future.succeededFuture() : clash(alias),
                            free -> Future.succeededFuture())));
        }
        return Future.all(checks).mapEmpty();
    }

    /** Makes those that are not there, one after the other. */
    Future<Void> give(String project, List<Alias> names, Fingerprint target, Requestor requestor) {
        Future<Void> given = Future.succeededFuture();
        for (Alias alias : names) {
            CreateAlias call = new CreateAlias(project, alias, target.hex(), true, requestor);
            given = given.compose(next -> bus.ask(CatalogContract.CREATE_ALIAS, call))
                    .compose(answer -> answer.fold(
                            done -> Future.<Void>succeededFuture(),
                            refused -> refused.reason() == Refused.Reason.CONFLICT
                                    ? clash(alias)
                                    : Future.failedFuture(new RefusedException(refused))));
        }
        return given;
    }

    private static <T> Future<T> clash(Alias alias) {
        return Future.failedFuture(
                new RefusedException(Refused.conflict("Alias already exists: " + alias.name())));
    }
}
