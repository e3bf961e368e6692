package dev.berth.serve.lxd.images;

import dev.berth.contract.Answer;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.IntakeContract.Arrived;
import dev.berth.contract.Refused;
import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.kit.stream.StreamInlet;
import dev.berth.kit.stream.Streams;
import dev.berth.serve.lxd.FakeFeatures;
import dev.berth.testkit.ImageFixtures;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Reads every stream three times, as hash, store and intake do, and then says what it was told to say. */
final class FakeIntake {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** What came in: the bytes and labels of each stream. */
    record Received(Arrive request, List<byte[]> files, List<Map<String, String>> labels) {
        String fingerprint() {
            return ImageFixtures.fingerprint(files.toArray(byte[][]::new));
        }

        long size() {
            return files.stream().mapToLong(file -> file.length).sum();
        }
    }

    private final Streams streams;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private volatile Function<Received, Answer<Arrival>> verdict = FakeIntake::arrived;
    private volatile long refuseAfter = Long.MAX_VALUE;

    FakeIntake(FakeFeatures features, Streams streams) {
        this.streams = streams;
        features.onLater(IntakeContract.ARRIVE, this::arrive);
    }

    void say(Function<Received, Answer<Arrival>> answer) {
        verdict = answer;
    }

    /** Like a disk that is full after so many bytes. */
    void refuseAfter(long bytes) {
        refuseAfter = bytes;
    }

    List<Received> received() {
        return received;
    }

    /** Why streams broke. */
    List<String> broken() {
        return broken;
    }

    private Future<Answer<Arrival>> arrive(Arrive request) {
        List<Future<File>> files = new ArrayList<>();
        for (String address : request.streams()) {
            read(address);
            read(address);
            files.add(read(address));
        }
        return Future.all(files).transform(all -> all.succeeded()
                ? Future.succeededFuture(judge(request, all.result().list()))
                : Future.succeededFuture(refused(all.cause().getMessage())));
    }

    private Answer<Arrival> judge(Arrive request, List<File> files) {
        Received arrival = new Received(
                request,
                files.stream().map(file -> file.bytes.getBytes()).toList(),
                files.stream().map(File::labels).toList());
        received.add(arrival);
        return verdict.apply(arrival);
    }

    private Answer<Arrival> refused(String reason) {
        broken.add(reason);
        return Answer.no(Refused.full(reason));
    }

    private record File(Buffer bytes, Map<String, String> labels) {}

    private Future<File> read(String address) {
        return streams.inlet(address).compose(inlet -> {
            Buffer bytes = Buffer.buffer();
            inlet.handler(chunk -> take(inlet, bytes, chunk));
            return inlet.ended().compose(end -> file(bytes, end));
        });
    }

    private void take(StreamInlet inlet, Buffer bytes, Buffer chunk) {
        bytes.appendBuffer(chunk);
        if (bytes.length() > refuseAfter) {
            inlet.abort("no room: 5 bytes wanted, 3 free");
        }
    }

    private static Future<File> file(Buffer bytes, End end) {
        return end.fold(
                (Complete complete) -> Future.succeededFuture(new File(bytes, complete.labels())),
                failed -> Future.failedFuture(failed.reason()),
                cancelled -> Future.failedFuture(cancelled.reason()));
    }

    static Answer<Arrival> arrived(Received received) {
        ImageFile file = new ImageFile(
                ImageFile.Role.UNIFIED, new BlobId(received.fingerprint()), received.size(), ".tar.gz");
        return Answer.yes(new Arrived(new Image(
                received.request().project(), new Fingerprint(received.fingerprint()), ImageType.CONTAINER,
                Architecture.X86_64, false, false, false, "", Map.of(), List.of(), List.of(), List.of(file), NOON, NOON,
                NOON, Image.NEVER_EXPIRES, null)));
    }
}
