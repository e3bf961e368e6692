package dev.berth.fetch.push;

import dev.berth.contract.Done;
import dev.berth.contract.FetchContract.Push;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused.Reason;
import dev.berth.contract.StoreContract;
import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.Ask;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.GuardedClient;
import dev.berth.fetch.http.Reply;
import dev.berth.fetch.transfer.Teller;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an image to another server: finds its bytes, uploads them with the token of that server, waits for its operation
 * (rest-api 3.6), and tells how far it is. It may be LXD or Incus, so it is told everything in both dialects.
 */
public final class Pushing {
    private static final Logger LOG = LoggerFactory.getLogger(Pushing.class);
    private static final int MOST_ANSWER_BYTES = 1 << 20;
    private static final List<String> DIALECTS = List.of("X-LXD-", "X-Incus-");

    private final Vertx vertx;
    private final Bus bus;
    private final GuardedClient client;

    public Pushing(Vertx vertx, Bus bus, GuardedClient client) {
        this.vertx = vertx;
        this.bus = bus;
        this.client = client;
    }

    /** Completes when the other server keeps the image; fails with a {@link FetchFailure}. */
    public Future<Done> push(Push push) {
        Location base = Location.parse(push.target().server());
        Teller teller = new Teller(vertx, bus, push.ticket(), push.image().size());
        return paths(push.image())
                .map(paths -> upload(base, push, paths, sent -> teller.moved("", sent)))
                .compose(upload -> client.ask(upload, Pushing::operation))
                .compose(operation -> finished(base, push.target(), operation, operation))
                .onComplete(ended -> teller.end())
                .onSuccess(done -> LOG.info("pushed {} to {}", push.image().fingerprint().shortForm(), base));
    }

    private Future<List<String>> paths(Image image) {
        List<Future<String>> paths = new ArrayList<>();
        for (ImageFile file : image.files()) {
            paths.add(bus.ask(StoreContract.OPEN, new StoreContract.Open(file.blob()))
                    .compose(opened -> opened.fold(
                            local -> Future.succeededFuture(local.path()),
                            growing -> Future.failedFuture(gone(image)),
                            missing -> Future.failedFuture(gone(image)))));
        }
        return Future.all(paths).map(all -> paths.stream().map(Future::result).toList());
    }

    private static FetchFailure gone(Image image) {
        return FetchFailure.lasting(Reason.NOT_FOUND, "the bytes of image " + image.fingerprint() + " are not here");
    }

    private Ask upload(Location base, Push push, List<String> paths, LongConsumer progress) {
        ImageForm form = ImageForm.of(push.image(), paths);
        Map<String, String> headers = new HashMap<>();
        for (String dialect : DIALECTS) {
            headers.put(dialect + "fingerprint", push.image().fingerprint().hex());
            headers.put(dialect + "secret", push.target().secret());
            headers.put(dialect + "filename", ImageForm.filename(push.image()));
            if (push.profiles() != null) {
                headers.put(dialect + "profiles", query(push.profiles()));
            }
        }
        headers.put("Content-Type", form.contentType());
        Location images = base.below("/1.0/images" + project(push.target(), "?"));
        FormBody body = new FormBody(vertx, form, client.limits().stall(), progress);
        return new Ask(HttpMethod.POST, images, headers, push.target().certificate(), body);
    }

    private static Future<TargetOperation> operation(Reply reply) {
        return reply.body(MOST_ANSWER_BYTES).map(body -> TargetOperation.read(reply, body.getBytes()));
    }

    /** Asks again and again, each time for less than a silent server is given. */
    private Future<Done> finished(Location base, Source target, TargetOperation started, TargetOperation now) {
        if (now.isFinal()) {
            return now.error().isEmpty()
                    ? Future.succeededFuture(Done.DONE)
                    : Future.failedFuture(FetchFailure.invalid(base + " did not keep the image: " + now.error()));
        }
        Location wait = base.below("/1.0/operations/" + escaped(started.id()) + "/wait?timeout=" + seconds()
                + (started.secret().isEmpty() ? "" : "&secret=" + escaped(started.secret()))
                + project(target, "&"));
        return client.ask(Ask.get(wait, target.certificate()), Pushing::operation)
                .compose(later -> finished(base, target, started, later));
    }

    private long seconds() {
        long patience = Math.min(
                client.limits().response().toSeconds(), client.limits().stall().toSeconds());
        return Math.max(1, Math.min(10, patience / 2));
    }

    private static String project(Source target, String before) {
        return target.project().isEmpty() ? "" : before + "project=" + escaped(target.project());
    }

    private static String query(List<String> profiles) {
        return profiles.stream().map(profile -> "profile=" + escaped(profile)).collect(Collectors.joining("&"));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
