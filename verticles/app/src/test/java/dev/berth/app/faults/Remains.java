package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What lies in a data directory, apart from the catalog's own files, and what the catalog says. */
final class Remains {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path data;
    private final RawClient client;
    private final Map<String, Long> files;
    private final String images;
    private final String aliases;

    private Remains(Path data, RawClient client) throws IOException {
        this.data = data;
        this.client = client;
        this.files = files(data);
        this.images = text("/1.0/images?recursion=1");
        this.aliases = text("/1.0/images/aliases?recursion=1");
    }

    static Remains of(Path data, RawClient client) throws IOException {
        return new Remains(data, client);
    }

    /** Fails unless all is as it was; waits a little, because a client that left learns nothing of the clean-up. */
    void areSame() throws Exception {
        if (!soon(() -> files(data).equals(files))) {
            assertThat(files(data)).as("files").isEqualTo(files);
        }
        assertThat(text("/1.0/images?recursion=1")).as("images").isEqualTo(images);
        assertThat(text("/1.0/images/aliases?recursion=1")).as("aliases").isEqualTo(aliases);
    }

    /** Blobs, staging and quarantine: each file's name and length. */
    static Map<String, Long> files(Path data) throws IOException {
        Map<String, Long> found = new TreeMap<>();
        for (String folder : new String[] {"blobs", "staging", "quarantine"}) {
            for (Path file : filesIn(data.resolve(folder))) {
                found.put(data.relativize(file).toString(), Files.size(file));
            }
        }
        return found;
    }

    /** Looks at nothing else, where blobs may be swept meanwhile. */
    static void stagingIsEmpty(Path data) throws IOException {
        assertThat(filesIn(data.resolve("staging"))).as("staging").isEmpty();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Waits until it holds, for a bounded time; whether it does. */
    static boolean soon(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** As {@link #soon}, or the test fails. */
    static void eventually(String what, Callable<Boolean> condition) throws Exception {
        if (!soon(condition)) {
            fail("expected within " + PATIENCE + ": " + what);
        }
    }

    /** A directory that changes while it is walked is not quiet yet. */
    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException changing) {
            return false;
        }
    }

    /** When an image was last read is no part of what must stay. */
    private String text(String target) throws IOException {
        return client.get(target).metadata().toString().replaceAll("\"last_used_at\":\"[^\"]*\"", "");
    }
}
