package dev.berth.intake;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.HashContract;
import dev.berth.contract.HashContract.Digest;
import dev.berth.contract.HashContract.Digests;
import dev.berth.contract.IntakeContract.AlreadyHere;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.IntakeContract.Arrived;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Drop;
import dev.berth.contract.StoreContract.Keep;
import dev.berth.contract.StoreContract.Release;
import dev.berth.contract.StoreContract.Stage;
import dev.berth.format.Inspection;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One image's way in, step by step. A refusal at any step travels as {@link RefusedException} to the end of the chain,
 * where staging and leases are given back on every way out.
 */
final class Conductor {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    private final Bus bus;
    private final Inspectors inspectors;
    private final Clock clock;
    private final IntakeMeters meters;
    private final Arrive request;
    private final Supplier<Claims> claims;
    private final List<OfferedFile> offered;
    private final boolean filesTold;
    private final Reception reception;
    private String stopped;

    /** Conducts an arrival whose sender has said everything. */
    Conductor(Orchestra orchestra, Arrive request) {
        this(orchestra, request, request::claims, List.of(), false);
    }

    /**
     * @param claims what the record will follow, asked for when all bytes are here
     * @param offered what each stream should bring, in order; empty when nothing is known
     * @param filesTold true when the streams are our own, which end with the digests of their files
     */
    Conductor(
            Orchestra orchestra,
            Arrive request,
            Supplier<Claims> claims,
            List<OfferedFile> offered,
            boolean filesTold) {
        this.bus = orchestra.bus();
        this.inspectors = orchestra.inspectors();
        this.clock = orchestra.clock();
        this.meters = orchestra.meters();
        this.request = request;
        this.claims = claims;
        this.offered = offered;
        this.filesTold = filesTold;
        this.reception = new Reception(request, orchestra.streams(), inspectors);
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

    /** Lets the streams go for everybody. Nothing will be listed any more, unless it is about to be just now. */
    void stop(String reason) {
        stopped = reason;
        reception.abort(reason);
    }

    /** Streams the bytes to store, hash and inspection at once; ends when all three are done with them. */
    private Future<Receipt> receive() {
        List<Future<StoreContract.Staging>> stagings = new ArrayList<>();
        for (int i = 0; i < request.streams().size(); i++) {
            stagings.add(bus.ask(StoreContract.STAGE, stage(i)));
        }
        var digest = bus.ask(HashContract.DIGEST, new Digest(request.ticket(), request.streams(), filesTold));
        return reception.of(stagings, digest);
    }

    /** A file whose hash its source tells can be read by others while it comes. */
    private Stage stage(int index) {
        String stream = request.streams().get(index);
        if (index >= offered.size()) {
            return new Stage(request.ticket(), stream, request.length());
        }
        OfferedFile file = offered.get(index);
        BlobId promised = Fingerprint.isWhole(file.sha256()) ? new BlobId(file.sha256()) : null;
        return new Stage(request.ticket(), stream, file.size(), promised);
    }

    /** What needs random access, or came so slowly that others wanted the thread, is looked at once all of it is there. */
    private Future<Receipt> inspectFile(Receipt receipt) {
        return receipt.needsFile()
                ? inspectors.inspectFile(receipt.staged().get(0).path(), Inspectors.dialect(request)).map(receipt::withInspection)
                : Future.succeededFuture(receipt);
    }

    private Future<Candidate> assemble(Receipt receipt) {
        if (stopped != null) {
            return Future.failedFuture(new RefusedException(Refused.invalid(stopped)));
        }
        Claims now = claims.get();
        Arrive said = new Arrive(request.ticket(), request.project(), request.streams(), now);
        return Assembly.of(said, receipt, clock.instant())
                .fold(
                        image -> Future.succeededFuture(new Candidate(image, receipt, now.requestor())),
                        refused -> Future.failedFuture(new RefusedException(refused)));
    }

    private Future<Arrival> keepUnlessHere(Candidate candidate) {
        Image image = candidate.image();
        FindImage same = new FindImage(image.project(), image.fingerprint().hex(), false);
        return bus.ask(CatalogContract.FIND_IMAGE, same)
                .compose(found -> found.fold(
                        here -> heal(here.image(), candidate).map(healed -> alreadyHere(here.image())),
                        missing -> keep(candidate).compose(kept -> list(candidate))));
    }

    /**
     * The bytes that a record speaks of may be lost or damaged, and these are good. Where nothing is wrong the store reads
     * its own once after a start, and never again.
     */
    private Future<?> heal(Image here, Candidate candidate) {
        return here.files().equals(candidate.image().files()) ? keep(candidate) : Future.succeededFuture();
    }

    /** Blobs first, all durable and leased, before any record speaks of them. */
    private Future<?> keep(Candidate candidate) {
        List<Future<?>> kept = new ArrayList<>();
        for (int i = 0; i < candidate.image().files().size(); i++) {
            ImageFile file = candidate.image().files().get(i);
            String stagingId = candidate.receipt().staged().get(i).stagingId();
            kept.add(bus.require(StoreContract.KEEP, new Keep(request.ticket(), stagingId, file.blob())));
        }
        return Future.join(kept);
    }

    private Future<Arrival> list(Candidate candidate) {
        return Listing.list(bus, candidate.image(), candidate.requestor())
                .map(kept -> kept.fold(
                        isKept -> arrived(isKept.image(), candidate.receipt().inspection()),
                        exists -> alreadyHere(exists.image())));
    }

    /** What is legal and probably not meant is no answer to anybody, and may be looked for later. */
    private static Arrival arrived(Image image, Inspection inspection) {
        inspection.warnings().forEach(warning -> LOG.info("{}: {}", image.fingerprint().shortForm(), warning));
        return new Arrived(image);
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
    private record Candidate(Image image, Receipt receipt, Requestor requestor) {}
}
