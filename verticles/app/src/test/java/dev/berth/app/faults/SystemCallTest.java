package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.BerthProcess;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.TarBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service asks of the kernel during an import, and what happens when the kernel says no. */
@Timeout(180)
class SystemCallTest {
    private static final String PATHS = "execve,execveat,open,openat,creat,rename,renameat,renameat2,link,linkat,symlink,"
            + "symlinkat,mkdir,mkdirat,mknod,unlink,unlinkat";
    private static final String SYNCS = "fsync,fdatasync,sync_file_range";
    private static final String ANSWERS = "write,writev,sendto,sendmsg";
    private static final Pattern FOR_WRITING =
            Pattern.compile("open(at)?\\(.*\"([^\"]+)\", [A-Z_|]*(O_WRONLY|O_RDWR|O_CREAT).*");
    private static final String HOSTILE = "planted-by-an-entry";

    @TempDir
    Path folder;

    private BerthProcess berth;
    private RawClient client;
    private Images images;

    @BeforeEach
    void start() throws Exception {
        berth = BerthProcess.in(folder.resolve("data"));
        client = new RawClient(berth.unixSocket());
        images = new Images(client);
        assertThat(images.upload(hostile("warm-up")).error()).isEmpty();
    }

    @AfterEach
    void stop() throws Exception {
        berth.kill();
    }

    @Test
    @DisplayName("reliability S13, S35")
    void an_import_runs_no_program_and_opens_no_file_that_an_archive_names() throws Exception {
        List<String> calls;
        try (Trace trace = Trace.of(berth.pid(), folder.resolve("paths"), PATHS)) {
            assertThat(images.upload(hostile("watched")).error()).isEmpty();
            Form split = Form.split(Form.metadata("watched"), ImageFixtures.squashfsLike(90_000));
            assertThat(images.upload(split).error()).isEmpty();
            calls = trace.lines();
        }

        assertThat(calls).as("the trace").anyMatch(call -> call.contains("staging"));
        assertThat(calls).as("programs").noneMatch(call -> call.contains("execve"));
        assertThat(calls).as("names in archives").noneMatch(call -> call.contains(HOSTILE) || call.contains("os-release"));
        assertThat(calls.stream().filter(this::writesElsewhere)).as("files written outside the data directory").isEmpty();
    }

    @Test
    @DisplayName("architecture 4, the order of a publish")
    void an_image_is_durable_before_it_is_named_and_named_before_it_is_listed_and_listed_before_success_is_told()
            throws Exception {
        List<String> calls;
        byte[] image = hostile("ordered");
        String fingerprint = ImageFixtures.fingerprint(image);
        try (Trace trace = Trace.of(berth.pid(), folder.resolve("order"), "rename," + SYNCS + "," + ANSWERS)) {
            assertThat(images.upload(image).error()).isEmpty();
            calls = trace.lines();
        }

        int file = ended(calls, call -> call.contains(" fsync(") && call.contains("/staging/"));
        int named = begun(calls, call -> call.contains(" rename(") && call.contains(fingerprint));
        int shelf = ended(calls, call -> call.contains(" fsync(") && call.contains("/" + fingerprint.substring(0, 2) + ">"));
        int record = begun(calls, call -> call.contains("berth.db-wal>") && call.contains("sync("));
        int durable = ended(calls, call -> call.contains("berth.db-wal>") && call.contains("sync("));
        int told = begun(calls, call -> call.contains("\\\"sync\\\"") && call.contains(fingerprint));
        assertThat(List.of(file, named, shelf, record, durable, told)).isSorted().doesNotContain(-1);

        long syncs = calls.stream().filter(call -> call.contains("sync(")).count();
        System.out.println(syncs + " syncs for one unified image: file, shelf, perhaps a new shelf's name, catalog");
        assertThat(syncs).isBetween(3L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync of a file", "rename of a file", "fsync of the catalog"})
    @DisplayName("reliability R08, R10")
    void a_call_that_fails_fails_the_import_and_leaves_nothing(String what) throws Exception {
        Remains before = Remains.of(berth.data(), client);
        byte[] image = hostile("refused by " + what);
        Images.Outcome outcome;
        try (Trace trace = failing(what)) {
            outcome = images.upload(image);
            assertThat(trace.lines()).as("the trace").anyMatch(line -> line.contains("INJECTED"));
        }

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.error()).isNotBlank();
        before.areSame();
        assertThat(images.upload(image).error()).isEmpty();
        assertThat(images.export(ImageFixtures.fingerprint(image)).body()).isEqualTo(image);
    }

    private Trace failing(String what) throws Exception {
        String call = what.split(" ")[0];
        String error = "inject=" + call + ":error=EIO";
        return what.endsWith("catalog")
                ? Trace.of(berth.pid(), folder.resolve("trace"), call, "-e", error, "-P", berth.data() + "/berth.db-wal")
                : Trace.of(berth.pid(), folder.resolve("trace"), call, "-e", error);
    }

    private boolean writesElsewhere(String call) {
        var opened = FOR_WRITING.matcher(call);
        return opened.matches() && !Path.of(opened.group(2)).startsWith(berth.data());
    }

    private static int begun(List<String> calls, Predicate<String> wanted) {
        return IntStream.range(0, calls.size()).filter(at -> wanted.test(calls.get(at))).findFirst().orElse(-1);
    }

    /** Where the call returned: another thread's calls may stand between. */
    private static int ended(List<String> calls, Predicate<String> wanted) {
        int begun = begun(calls, wanted);
        if (begun < 0 || !calls.get(begun).contains("<unfinished")) {
            return begun;
        }
        String thread = calls.get(begun).split(" ")[0] + " ";
        return IntStream.range(begun, calls.size())
                .filter(at -> calls.get(at).startsWith(thread) && calls.get(at).contains("resumed>"))
                .findFirst()
                .orElse(-1);
    }

    /** An image whose entries would like to be files of ours. */
    private static byte[] hostile(String name) {
        return Packing.GZIP.pack(TarBuilder.tar()
                .file("../../../../../../tmp/" + HOSTILE, name)
                .file("/tmp/" + HOSTILE, name)
                .symbolicLink(HOSTILE, "/etc/passwd")
                .file("templates/" + HOSTILE, "{{ container.name }}")
                .file("metadata.yaml", ImageFixtures.METADATA.replace("os: Alpine", "os: Alpine\n  name: \"" + name + "\""))
                .directory("rootfs/").file("rootfs/etc/os-release", name).build());
    }
}
