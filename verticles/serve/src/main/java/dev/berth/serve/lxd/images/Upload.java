package dev.berth.serve.lxd.images;

import dev.berth.contract.Answer;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.image.Alias;
import dev.berth.image.Image;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.stream.StreamOutlet;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Outcome;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Takes the body of an upload in (rest-api 3.4): opens its streams, asks intake, lets the body flow, and answers 202 when
 * it has arrived, or at once when it is refused earlier. The operation ends as intake answers.
 */
final class Upload {
    private final LxdTools tools;
    private final Profiles profiles;
    private final UploadAnswer answer;
    private final RecentAliases recentAliases;

    Upload(LxdTools tools, Profiles profiles, RecentAliases recentAliases) {
        this.tools = tools;
        this.profiles = profiles;
        this.answer = new UploadAnswer(tools);
        this.recentAliases = recentAliases;
    }

    /** One upload. */
    private record Sending(RoutingContext ctx, UploadPermit permit, UploadHeaders headers, String ticket) {}

    Future<Void> raw(RoutingContext ctx, UploadPermit permit, UploadHeaders headers, Peek peek) {
        return take(new Sending(ctx, permit, headers, ticket()), ticket -> new RawCourier(
                ctx.request(), peek, outlet(ticket, 0), headers.filename()));
    }

    Future<Void> split(RoutingContext ctx, UploadPermit permit, UploadHeaders headers, String boundary) {
        return take(new Sending(ctx, permit, headers, ticket()), ticket -> new SplitCourier(
                ctx.request(), boundary, outlet(ticket, 0), outlet(ticket, 1)));
    }

    private static String ticket() {
        return UUID.randomUUID().toString();
    }

    private StreamOutlet outlet(String ticket, int index) {
        return tools.edge().streams().outlet("berth.stream." + ticket + "." + index, Courier.READERS);
    }

    /** What can be refused without looking at the bytes is refused before any stream is opened. */
    private Future<Void> take(Sending sending, Function<String, Courier> courier) {
        List<String> named = sending.headers().profiles();
        return profiles.mustExist(sending.permit().scope(), named == null ? List.of() : named)
                .compose(
                        exist -> receive(sending, courier.apply(sending.ticket())),
                        cause -> answer.send(sending.ctx(), sending.permit(), failure(cause)));
    }

    private static Future<Outcome> failure(Throwable cause) {
        return cause instanceof RefusedException
                ? Future.succeededFuture(Outcome.failure(cause.getMessage()))
                : Future.failedFuture(cause);
    }

    private Future<Void> receive(Sending sending, Courier courier) {
        Future<Answer<Arrival>> arriving = tools.bus().ask(IntakeContract.ARRIVE, arrive(sending, courier));
        sending.ctx().addEndHandler(answered -> courier.abandon());
        Future<Void> delivered = courier.deliver();
        return decided(delivered, arriving)
                .compose(now -> answer.send(sending.ctx(), sending.permit(), outcome(sending, delivered, arriving)));
    }

    /** It is time to answer when the body has arrived or is known to be wrong, and at the latest when intake is done. */
    private static Future<?> decided(Future<Void> delivered, Future<Answer<Arrival>> arriving) {
        Future<Void> answered = arriving.transform(any -> Future.succeededFuture());
        Future<Void> over = delivered.recover(
                cause -> cause instanceof UploadFlaw ? Future.succeededFuture() : answered);
        return Future.any(over, answered);
    }

    private Future<Outcome> outcome(Sending sending, Future<Void> delivered, Future<Answer<Arrival>> arriving) {
        return arriving.transform(answered -> delivered.cause() instanceof UploadFlaw flaw
                ? Future.succeededFuture(Outcome.failure(flaw.getMessage()))
                : arriving.map(arrival -> arrival.fold(
                        here -> outcome(sending, here), refused -> Outcome.failure(refused.text()))));
    }

    private Outcome outcome(Sending sending, Arrival arrival) {
        return arrival.fold(
                arrived -> arrived(sending, arrived.image()),
                here -> Outcome.failure(
                        "Image with same fingerprint already exists",
                        facts(here.fingerprint().hex(), here.size())));
    }

    private Outcome arrived(Sending sending, Image image) {
        String fingerprint = image.fingerprint().hex();
        for (Alias alias : sending.headers().aliases()) {
            recentAliases.remember(image.project(), alias.name(), fingerprint);
        }
        String url = sending.permit().scope().url("/1.0/images/" + fingerprint);
        return Outcome.success(facts(fingerprint, image.size())).about(Map.of("images", List.of(url)));
    }

    /** Sizes are texts here (rest-api 3.4). */
    private static Map<String, Object> facts(String fingerprint, long size) {
        return Map.of("fingerprint", fingerprint, "size", Long.toString(size));
    }

    private static Arrive arrive(Sending sending, Courier courier) {
        UploadPermit permit = sending.permit();
        UploadHeaders headers = sending.headers();
        Claims claims = new Claims(
                headers.filename(),
                permit.visible(headers.visible()),
                false,
                false,
                permit.properties(headers.properties()),
                headers.profiles(),
                permit.aliases(headers.aliases()),
                headers.expected(),
                permit.expiresAt(),
                null,
                Access.requestor(sending.ctx()),
                headers.incus());
        return new Arrive(sending.ticket(), permit.scope().imageProject(), courier.addresses(), claims, courier.length());
    }
}
