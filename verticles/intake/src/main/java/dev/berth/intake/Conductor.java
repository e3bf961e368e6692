package dev.berth.intake;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.KeepImage;
import dev.berth.contract.HashContract;
import dev.berth.contract.HashContract.Digest;
import dev.berth.contract.HashContract.Digests;
import dev.berth.contract.IntakeContract.AlreadyHere;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.IntakeContract.Arrived;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Drop;
import dev.berth.contract.StoreContract.Keep;
import dev.berth.contract.StoreContract.Release;
import dev.berth.contract.StoreContract.Stage;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.stream.Streams;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One image's way in, step by step. A refusal at any step travels as {@link RefusedException} to the end of the chain,
 * where staging and leases are given back on every way out.
 */
final class Conductor {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    private final Bus bus;
    private final Streams streams;
    private final Inspectors inspectors;
    private final Clock clock;
    private final IntakeMeters meters;
    private final Arrive request;

    Conductor(
            Bus bus, Streams streams, Inspectors inspectors, Clock clock, IntakeMeters meters, Arrive request) {
        this.bus = bus;
        this.streams = streams;
        this.inspectors = inspectors;
        this.clock = clock;
        this.meters = meters;
        this.request = request;
    }

    Future<Answer<Arrival>> conduct() {
        meters.began();
        return receive()
                .compose(this::inspectFile)
                .compose(this::assemble)
                .compose(this::keepUnlessHere)
                .map(Answer::yes)
                .recover(Conductor::refusalAsAnswer)
                .eventually(this::tidyUp)
                .onComplete(this::tell);
    }

    /** Streams the bytes to store, hash and inspection at once; ends when all three are done with them. */
    private Future<Receipt> receive() {
        Reception reception = new Reception(request, streams, inspectors);
        List<Future<StoreContract.Staging>> stagings = new ArrayList<>();
        for (String stream : request.streams()) {
            stagings.add(bus.ask(StoreContract.STAGE, new Stage(request.ticket(), stream, -1)));
        }
        var digest = bus.ask(HashContract.DIGEST, new Digest(request.ticket(), request.streams()));
        return reception.of(stagings, digest);
    }

    /** Formats that need random access are looked at in the staging file, once all of it is there. */
    private Future<Receipt> inspectFile(Receipt receipt) {
        return receipt.needsFile()
                ? inspectors.inspectFile(receipt.staged().get(0).path()).map(receipt::withInspection)
                : Future.succeededFuture(receipt);
    }

    private Future<Candidate> assemble(Receipt receipt) {
        return Assembly.of(request, receipt, clock.instant())
                .fold(
                        image -> Future.succeededFuture(new Candidate(image, receipt)),
                        refused -> Future.failedFuture(new RefusedException(refused)));
    }

    private Future<Arrival> keepUnlessHere(Candidate candidate) {
        Image image = candidate.image();
        FindImage same = new FindImage(image.project(), image.fingerprint().hex(), false);
        return bus.ask(CatalogContract.FIND_IMAGE, same)
                .compose(found -> found.fold(
                        here -> Future.succeededFuture(alreadyHere(here.image())),
                        missing -> keep(candidate).compose(kept -> list(image))));
    }

    /** Blobs first, all durable and leased, before any record speaks of them. */
    private Future<?> keep(Candidate candidate) {
        List<Future<?>> kept = new ArrayList<>();
        for (int i = 0; i < candidate.image().files().size(); i++) {
            ImageFile file = candidate.image().files().get(i);
            String stagingId = candidate.receipt().staged().get(i).stagingId();
            kept.add(bus.ask(StoreContract.KEEP, new Keep(request.ticket(), stagingId, file.blob())));
        }
        return Future.join(kept);
    }

    private Future<Arrival> list(Image image) {
        return bus.require(CatalogContract.KEEP_IMAGE, new KeepImage(image, request.claims().requestor()))
                .map(kept -> kept.fold(isKept -> new Arrived(isKept.image()), exists -> alreadyHere(exists.image())));
    }

    private static Arrival alreadyHere(Image image) {
        return new AlreadyHere(image.fingerprint(), image.size());
    }

    private static Future<Answer<Arrival>> refusalAsAnswer(Throwable cause) {
        return cause instanceof RefusedException no
                ? Future.succeededFuture(Answer.no(no.refused()))
                : Future.failedFuture(cause);
    }

    private Future<?> tidyUp() {
        return Future.join(
                bus.ask(StoreContract.DROP, new Drop(request.ticket())),
                bus.ask(StoreContract.RELEASE, new Release(request.ticket())));
    }

    private void tell(io.vertx.core.AsyncResult<Answer<Arrival>> result) {
        if (result.failed()) {
            meters.ended("broken");
            LOG.error("arrival {} broke", request.ticket(), result.cause());
            return;
        }
        meters.ended(result.result()
                .fold(
                        arrival -> arrival.fold(this::logArrived, here -> "here"),
                        refused -> {
                            LOG.info("arrival {} refused: {}", request.ticket(), refused.text());
                            return "refused";
                        }));
    }

    private String logArrived(Arrived arrived) {
        Image image = arrived.image();
        LOG.info("kept {}: {} bytes in project {}", image.fingerprint().shortForm(), image.size(), image.project());
        return "arrived";
    }

    /** An image that would be listed, and where its bytes wait. */
    private record Candidate(Image image, Receipt receipt) {}
}
