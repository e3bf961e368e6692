package dev.berth.serve.berth;

import dev.berth.contract.ExpireContract;
import dev.berth.contract.ExpireContract.Foresee;
import dev.berth.contract.ExpireContract.Sweep;
import dev.berth.contract.ExpireContract.Verdict;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.LxdJson;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /berth/v1/expiry}: looking changes nothing, with or without {@code ?dry-run}; posting sweeps. */
final class ExpiryRoutes {
    private static final String PATH = "/berth/v1/expiry";

    private final Bus bus;

    ExpiryRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Router router) {
        router.get(PATH).handler(Administration.admins(this::foresee));
        router.post(PATH).handler(Administration.admins(this::sweep));
    }

    private Future<Void> foresee(RoutingContext ctx) {
        return bus.ask(ExpireContract.FORESEE, new Foresee())
                .compose(forecast -> Administration.reply(ctx, documents(forecast.verdicts())));
    }

    private Future<Void> sweep(RoutingContext ctx) {
        return bus.ask(ExpireContract.SWEEP, new Sweep())
                .compose(swept -> Administration.reply(ctx, documents(swept.removed())));
    }

    private static List<Map<String, Object>> documents(List<Verdict> verdicts) {
        return verdicts.stream().map(ExpiryRoutes::document).toList();
    }

    private static Map<String, Object> document(Verdict verdict) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("project", verdict.project());
        document.put("fingerprint", verdict.fingerprint().hex());
        document.put("bytes", verdict.bytes());
        document.put("due", verdict.due() == null ? null : LxdJson.time(verdict.due()));
        document.put("rule", verdict.rule());
        return document;
    }
}
