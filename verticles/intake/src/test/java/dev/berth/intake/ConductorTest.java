package dev.berth.intake;

import static dev.berth.testkit.Expect.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ImageExists;
import dev.berth.contract.CatalogContract.ImageIsKept;
import dev.berth.contract.CatalogContract.ImageKept;
import dev.berth.contract.Done;
import dev.berth.contract.HashContract;
import dev.berth.contract.HashContract.Digests;
import dev.berth.contract.HashContract.FileDigest;
import dev.berth.contract.HashContract.Interrupted;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.AlreadyHere;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.IntakeContract.Arrived;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Broken;
import dev.berth.contract.StoreContract.Full;
import dev.berth.contract.StoreContract.Kept;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StreamContract.End;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.ProjectIs;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.CallFailed;
import dev.berth.kit.stream.StreamInlet;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.StreamOutlet;
import dev.berth.kit.stream.Streams;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The conductor among real streams and decoders, with store, hash and catalog played by a few lines each. */
class ConductorTest {
    private static final Fingerprint WHOLE = new Fingerprint("a".repeat(64));
    private static final BlobId BLOB = new BlobId("a".repeat(64));

    private final List<String> steps = new ArrayList<>();
    private final FragileRegistry registry = new FragileRegistry();

    @TempDir
    private Path folder;

    private Vertx vertx;
    private Streams streams;
    private Bus bus;
    private Context producer;
    private Staging stagingEnd;
    private ImageKept listed;
    private Image present;
    private long announced;
    private final Map<String, String> projects = new HashMap<>(Map.of("default", "default"));

    @BeforeEach
    void deploy() {
        vertx = Vertx.vertx();
        Bus.prepare(vertx);
        bus = new Bus(vertx);
        streams = new Streams(vertx, new StreamLimits(4096, Duration.ofSeconds(5)), new StreamMeters(registry));
        producer = vertx.getOrCreateContext();
        play();
        soon(vertx.deployVerticle(
                new IntakeVerticle(streams, IntakeConf.DEFAULT, Clock.systemUTC(), registry)));
    }

    @AfterEach
    void close() {
        soon(vertx.close());
    }

    @Test
    void an_image_is_kept_before_it_is_listed_and_staging_is_given_back() throws IOException {
        Answer<Arrival> answer = arrive(tar("metadata.yaml", "rootfs/"));

        assertThat(answer).isInstanceOfSatisfying(Answer.Yes.class, yes -> assertThat(yes.value())
                .isInstanceOfSatisfying(Arrived.class, arrived -> assertThat(arrived.image().fingerprint())
                        .isEqualTo(WHOLE)));
        assertThat(steps).containsExactly("stage", "keep", "list", "drop", "release");
    }

    @Test
    @DisplayName("rest-api 113: the same content a second time is already here; its bytes are kept in case they were lost")
    void an_image_that_is_here_already_gets_its_bytes_back_but_no_second_record() throws IOException {
        arrive(tar("metadata.yaml", "rootfs/"));
        present = ((ImageIsKept) listed).image();
        steps.clear();

        Answer<Arrival> answer = arrive(tar("metadata.yaml", "rootfs/"));

        assertThat(answer).isEqualTo(Answer.yes(new AlreadyHere(WHOLE, 100)));
        assertThat(steps).containsExactly("stage", "keep", "drop", "release");
    }

    @Test
    void an_image_whose_project_went_while_it_came_is_not_listed() throws IOException {
        projects.clear();

        assertThat(refusal(arrive(tar("metadata.yaml", "rootfs/")))).isEqualTo("Project not found");
        assertThat(steps).containsExactly("stage", "keep", "drop", "release");
    }

    @Test
    void an_image_whose_project_shows_those_of_another_by_now_is_not_listed() throws IOException {
        projects.put("default", "another");

        assertThat(refusal(arrive(tar("metadata.yaml", "rootfs/")))).isEqualTo("Project not found");
    }

    @Test
    @DisplayName("rest-api 102: an archive without metadata is refused with LXD's text, and nothing is kept")
    void an_archive_without_metadata_is_refused_and_dropped() throws IOException {
        assertThat(refusal(arrive(tar("rootfs/")))).isEqualTo("Metadata tarball is missing metadata.yaml");
        assertThat(steps).containsExactly("stage", "drop", "release");
    }

    @Test
    @DisplayName("formats fact 15: zero bytes are refused with EOF")
    void zero_bytes_are_refused_with_eof() throws IOException {
        assertThat(refusal(arrive(new byte[0]))).isEqualTo("EOF");
        assertThat(steps).containsExactly("stage", "drop", "release");
    }

    @Test
    void the_length_that_a_sender_announces_is_reserved() {
        Promise<Answer<Arrival>> answer = Promise.promise();
        producer.runOnContext(go -> {
            StreamOutlet outlet = streams.outlet("announced", 3);
            bus.ask(IntakeContract.ARRIVE, new Arrive("t", "default", List.of("announced"), claims(), 5L << 30))
                    .onComplete(answer);
            outlet.write(Buffer.buffer("no image".repeat(100)));
        });
        soon(answer.future());

        assertThat(announced).isEqualTo(5L << 30);
    }

    @Test
    void a_full_disk_says_more_than_the_streams_it_stopped() throws IOException {
        stagingEnd = new Full("no space: wanted 100 bytes, 10 are free");

        assertThat(refusal(arrive(tar("metadata.yaml", "rootfs/"))))
                .isEqualTo("no space: wanted 100 bytes, 10 are free");
        assertThat(steps).containsExactly("stage", "drop", "release");
    }

    @Test
    void a_file_that_is_no_image_is_refused_while_it_still_comes() {
        Promise<Answer<Arrival>> answer = Promise.promise();
        producer.runOnContext(go -> {
            StreamOutlet outlet = streams.outlet("endless", 3);
            ask("endless").onComplete(answer);
            outlet.write(Buffer.buffer("no image".repeat(100)));
        });

        assertThat(refusal(soon(answer.future()))).isEqualTo("Unsupported compression");
        assertThat(steps).containsExactly("stage", "drop", "release");
    }

    @Test
    void a_client_that_goes_away_leaves_nothing() {
        Promise<Answer<Arrival>> answer = Promise.promise();
        producer.runOnContext(go -> {
            StreamOutlet outlet = streams.outlet("cut", 3);
            ask("cut").onComplete(answer);
            outlet.write(Buffer.buffer(new byte[100])).onSuccess(x -> outlet.cancel("the client went away"));
        });

        assertThat(refusal(soon(answer.future()))).isEqualTo("the client went away");
        assertThat(steps).containsExactly("stage", "drop", "release");
    }

    @Test
    void senders_that_are_slow_hold_nobody_else_up_and_their_images_are_looked_into_later() throws IOException {
        byte[] image = tar("metadata.yaml", "rootfs/");
        List<Slow> slow = new ArrayList<>();
        for (int i = 0; i < IntakeConf.DEFAULT_INSPECTORS; i++) {
            slow.add(new Slow("slow." + i, image));
        }
        slow.forEach(sender -> soon(sender.begun));

        assertThat(arrive(image)).isInstanceOf(Answer.Yes.class);

        for (Slow sender : slow) {
            assertThat(soon(sender.finish())).isInstanceOf(Answer.Yes.class);
        }
    }

    @Test
    void what_a_slow_sender_sent_is_refused_for_what_it_is() throws IOException {
        List<Slow> slow = new ArrayList<>();
        for (int i = 0; i < IntakeConf.DEFAULT_INSPECTORS; i++) {
            slow.add(new Slow("slow." + i, tar("rootfs/")));
        }
        slow.forEach(sender -> soon(sender.begun));
        arrive(tar("metadata.yaml", "rootfs/"));

        for (Slow sender : slow) {
            assertThat(refusal(soon(sender.finish()))).isEqualTo("Metadata tarball is missing metadata.yaml");
        }
    }

    /** Sends the first bytes of an image, and the others when told to. */
    private final class Slow {
        private final byte[] image;
        private final Promise<Answer<Arrival>> answer = Promise.promise();
        private final Promise<StreamOutlet> outlet = Promise.promise();
        private final Future<Void> begun;

        Slow(String address, byte[] image) {
            this.image = image;
            producer.runOnContext(go -> {
                outlet.complete(streams.outlet(address, 3));
                ask(address).onComplete(answer);
            });
            begun = outlet.future().compose(to -> to.write(Buffer.buffer(image).slice(0, 100)));
        }

        Future<Answer<Arrival>> finish() {
            producer.runOnContext(go -> {
                StreamOutlet to = outlet.future().result();
                to.write(Buffer.buffer(image).slice(100, image.length));
                to.end(Map.of());
            });
            return answer.future();
        }
    }

    @Test
    void an_inspection_that_breaks_without_a_word_is_our_failure_and_no_refusal_called_null() throws IOException {
        byte[] image = tar("metadata.yaml", "rootfs/");
        Promise<Answer<Arrival>> answer = Promise.promise();
        Promise<End> sent = Promise.promise();
        registry.breaks = true;
        producer.runOnContext(go -> {
            StreamOutlet outlet = streams.outlet("broken", 3);
            ask("broken").onComplete(answer);
            outlet.settled().onComplete(sent);
            outlet.write(Buffer.buffer(image));
        });

        assertThatThrownBy(() -> soon(answer.future())).hasCauseInstanceOf(CallFailed.class);
        assertThat(soon(sent.future()).toString()).contains("because of a failure of the service");
        assertThat(steps).containsExactly("stage", "drop", "release");
    }

    @Test
    @DisplayName("formats 10: what is legal and probably not meant is flagged")
    void a_trigger_that_never_fires_is_in_the_log_of_an_image_that_was_kept() {
        Logger log = (Logger) LoggerFactory.getLogger(Conductor.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);

        arrive(ImageFixtures.unified(Packing.PLAIN, ImageFixtures.METADATA.replace("[create, copy]", "[create, reboot]")));
        log.detachAppender(lines);

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).contains(
                WHOLE.shortForm() + ": template rule \"/etc/hostname\": \"reboot\" never fires");
    }

    private void play() {
        soon(bus.answer(StoreContract.STAGE, stage -> {
            steps.add("stage");
            announced = stage.expectedLength();
            return stagingEnd == null ? read(stage.stream()) : Future.succeededFuture(stagingEnd);
        }));
        soon(bus.answer(StoreContract.KEEP, keep -> {
            steps.add("keep");
            return Future.succeededFuture(Answer.yes(new Kept(keep.blob(), 100, false)));
        }));
        soon(bus.answer(StoreContract.DROP, drop -> step("drop")));
        soon(bus.answer(StoreContract.RELEASE, release -> step("release")));
        soon(bus.answer(HashContract.DIGEST, digest -> read(digest.streams().get(0)).map(end -> end.fold(
                staged -> new Digests(List.of(new HashContract.FileDigest(BLOB, 100)), WHOLE),
                full -> new Interrupted(full.text()),
                broken -> new Interrupted(broken.text())))));
        soon(bus.answer(CatalogContract.FIND_IMAGE, find -> Future.succeededFuture(present == null
                ? Answer.no(Refused.notFound("Image not found"))
                : Answer.yes(new CatalogContract.Found(present, new byte[0], "\"e\"")))));
        soon(bus.answer(TrustContract.FIND_PROJECT, find -> Future.succeededFuture(projects.containsKey(find.name())
                ? Answer.yes(new ProjectIs(new Project(find.name(), "", Map.of()), projects.get(find.name())))
                : Answer.no(Refused.notFound("Project not found")))));
        soon(bus.answer(CatalogContract.KEEP_IMAGE, keep -> {
            steps.add("list");
            listed = new ImageIsKept(keep.image());
            return Future.succeededFuture(Answer.yes(listed));
        }));
    }

    private Future<Staging> read(String stream) {
        return streams.inlet(stream).compose(inlet -> {
            Buffer file = Buffer.buffer();
            inlet.handler(file::appendBuffer);
            return inlet.ended().map(end -> end.fold(
                    complete -> new Staged("id", complete.length(), written(file)),
                    failed -> new Broken(failed.reason()),
                    cancelled -> new Broken(cancelled.reason())));
        });
    }

    private String written(Buffer bytes) {
        try {
            return Files.write(Files.createTempFile(folder, "staged", ""), bytes.getBytes()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Future<Done> step(String name) {
        steps.add(name);
        return Future.succeededFuture(Done.DONE);
    }

    private Answer<Arrival> arrive(byte[] bytes) {
        Promise<Answer<Arrival>> answer = Promise.promise();
        String address = "upload." + steps.size();
        producer.runOnContext(go -> {
            StreamOutlet outlet = streams.outlet(address, 3);
            ask(address).onComplete(answer);
            outlet.write(Buffer.buffer(bytes));
            outlet.end(Map.of());
        });
        return soon(answer.future());
    }

    private Future<Answer<Arrival>> ask(String address) {
        return bus.ask(IntakeContract.ARRIVE, new Arrive("ticket", "default", List.of(address), claims()));
    }

    private static Claims claims() {
        return new Claims("f", false, false, false, Map.of(), null, List.of(), null, null, null, Requestor.BERTH, false);
    }

    private static String refusal(Answer<Arrival> answer) {
        return answer.fold(arrival -> "came in: " + arrival, Refused::text);
    }

    /** A plain tar with the named entries; directories end in a slash, {@code metadata.yaml} gets proper content. */
    private static byte[] tar(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String name : names) {
                byte[] content = name.endsWith("/")
                        ? new byte[0]
                        : "architecture: x86_64\ncreation_date: 1787298120\n".getBytes(StandardCharsets.US_ASCII);
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Its timers break what they time, when told to. */
    private static final class FragileRegistry extends SimpleMeterRegistry {
        private volatile boolean breaks;

        @Override
        protected Timer newTimer(Meter.Id id, DistributionStatisticConfig histogram, PauseDetector pauses) {
            return new CumulativeTimer(id, clock, histogram, pauses, getBaseTimeUnit(), false) {
                @Override
                public <T> T recordCallable(Callable<T> timed) throws Exception {
                    if (breaks) {
                        throw new IllegalStateException();
                    }
                    return super.recordCallable(timed);
                }
            };
        }
    }
}
