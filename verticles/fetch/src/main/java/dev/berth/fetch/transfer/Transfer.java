package dev.berth.fetch.transfer;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Opened;
import dev.berth.contract.Refused;
import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import dev.berth.fetch.http.Ask;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.Reply;
import dev.berth.kit.stream.StreamOutlet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One download for one ticket: opens the byte streams, fetches into them, and sees to it that they end, as complete or
 * as failed. When a reader breaks a stream, the fetching stops. One context.
 */
public final class Transfer {
    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
    /** Hash, store and intake. */
    private static final int READERS = 3;

    private final Tools tools;
    private final Download request;
    private final Teller teller;
    private final String stem = "berth.fetch.stream." + UUID.randomUUID();
    private final List<StreamOutlet> outlets = new ArrayList<>();
    private final Promise<Answer<Opened>> opened = Promise.promise();
    private ResumingFetch running;
    private FetchFailure stopped;

    public Transfer(Tools tools, Download request) {
        this.tools = tools;
        this.request = request;
        this.teller = new Teller(tools.vertx(), tools.bus(), request.ticket(), request.offer().size());
    }

    /** Runs {@code work}; the future completes when the streams are open, or when it is clear that they never will be. */
    public Future<Answer<Opened>> run(Function<Transfer, Future<Void>> work) {
        tools.meters().began();
        started(work).onComplete(done -> ended(done.cause()));
        return opened.future();
    }

    /** Opens a stream for each file; completes with where they land, once all readers are there. */
    public Future<List<Landing>> open(List<Promised> files) {
        List<Landing> landings = files.stream().map(this::landing).toList();
        opened.complete(Answer.yes(new Opened(outlets.stream().map(StreamOutlet::address).toList())));
        return Future.all(outlets.stream().map(StreamOutlet::attached).toList()).map(landings);
    }

    /** Fetches one body, in several tries when need be, into the target that {@code opener} makes of the first answer. */
    public Future<Void> fetch(Ask ask, Function<Reply, Future<Target>> opener) {
        if (stopped != null) {
            return Future.failedFuture(stopped);
        }
        running = new ResumingFetch(tools.vertx(), tools.client(), tools.meters(), ask, opener);
        return running.run();
    }

    private Landing landing(Promised file) {
        StreamOutlet outlet = tools.streams().outlet(stem + "." + outlets.size(), READERS);
        outlets.add(outlet);
        outlet.settled().onSuccess(this::settled);
        return new Landing(outlet, file, tools.workers(), count -> teller.moved(file.part(), count));
    }

    private void settled(End end) {
        if (!(end instanceof Complete) && stopped == null) {
            String reason = end.fold(complete -> "", failed -> failed.reason(), cancelled -> cancelled.reason());
            stop(FetchFailure.lasting(Refused.Reason.BROKEN, reason));
        }
    }

    private void stop(FetchFailure reason) {
        stopped = reason;
        if (running != null) {
            running.stop(reason);
        }
    }

    private Future<Void> started(Function<Transfer, Future<Void>> work) {
        try {
            return work.apply(this);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void ended(Throwable cause) {
        teller.end();
        tools.meters().ended(request.source().protocol(), cause == null);
        String image = request.offer().fingerprint().shortForm();
        if (cause == null) {
            LOG.info("{} fetched from {}", image, request.source().server());
            return;
        }
        Throwable trace = cause instanceof FetchFailure ? null : cause;
        LOG.warn("{} could not be fetched from {}: {}", image, request.source().server(), cause.getMessage(), trace);
        stopped = FetchFailure.passing(String.valueOf(cause.getMessage()));
        outlets.forEach(outlet -> outlet.fail(cause.getMessage()));
        if (cause instanceof FetchFailure failure) {
            opened.tryComplete(Answer.no(failure.refused()));
        } else {
            opened.tryFail(cause);
        }
    }
}
