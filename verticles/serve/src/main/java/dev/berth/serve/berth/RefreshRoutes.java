package dev.berth.serve.berth;

import dev.berth.contract.RefreshContract;
import dev.berth.contract.RefreshContract.Check;
import dev.berth.contract.RefreshContract.Schedule;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.LxdJson;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /berth/v1/refresh}: next look, last look and its outcome, per image that has a source. */
final class RefreshRoutes {
    private final Bus bus;

    RefreshRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Router router) {
        router.get("/berth/v1/refresh").handler(Administration.admins(this::schedule));
    }

    private Future<Void> schedule(RoutingContext ctx) {
        return bus.ask(RefreshContract.SCHEDULE, new Schedule())
                .compose(schedules -> Administration.reply(
                        ctx, schedules.checks().stream().map(RefreshRoutes::document).toList()));
    }

    private static Map<String, Object> document(Check check) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("project", check.project());
        document.put("fingerprint", check.fingerprint().hex());
        document.put("next", time(check.next()));
        document.put("last", time(check.last()));
        document.put("outcome", check.outcome());
        return document;
    }

    private static String time(Instant instant) {
        return instant == null ? null : LxdJson.time(instant);
    }
}
