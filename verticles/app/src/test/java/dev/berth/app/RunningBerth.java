package dev.berth.app;

import dev.berth.app.conf.BadSetting;
import dev.berth.app.conf.BerthConf;
import dev.berth.app.conf.Settings;
import dev.berth.testkit.FreePort;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The whole service, wired as in production, in this process: free ports on loopback, a data directory of the test's
 * choice. Stop it and start another in the same directory to see what a restart keeps.
 */
public final class RunningBerth implements AutoCloseable {
    private static final long SECONDS = 60;

    private final BerthConf conf;
    private final Berth berth;

    private RunningBerth(BerthConf conf) {
        this.conf = conf;
        this.berth = new Berth(conf);
    }

    /** Starts with defaults. */
    public static RunningBerth in(Path data) throws Exception {
        return in(data, Map.of());
    }

    /** Starts with these settings over the defaults, by key. */
    public static RunningBerth in(Path data, Map<String, String> overrides) throws Exception {
        RunningBerth running = new RunningBerth(conf(data, overrides));
        await(running.berth.start().recover(cause -> running.berth.stop().transform(end -> Future.failedFuture(cause))));
        return running;
    }

    public Path data() {
        return conf.data();
    }

    public Path unixSocket() {
        return conf.data().resolve("unix.socket");
    }

    public int port() {
        return conf.serve().listen().port();
    }

    public URI https() {
        return URI.create("https://127.0.0.1:" + port());
    }

    public URI management() {
        return URI.create("http://127.0.0.1:" + conf.serve().management().port());
    }

    public String readyLine() {
        return berth.readyLine();
    }

    /** Runs a verb of the command line against this service; what it printed. Fails when it did not exit 0. */
    public String cli(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--data");
        all.add(conf.data().toString());
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        if (run.status() != 0) {
            throw new AssertionError(all + " exited " + run.status() + ": " + run.err());
        }
        return run.out();
    }

    @Override
    public void close() throws IOException {
        try {
            await(berth.stop());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("did not stop", e);
        }
    }

    private static BerthConf conf(Path data, Map<String, String> overrides) throws BadSetting {
        Settings settings = new Settings()
                .flag("data", "test", data.toString())
                .flag("listen", "test", "127.0.0.1:" + FreePort.next())
                .flag("management", "test", "127.0.0.1:" + FreePort.next());
        overrides.forEach((key, value) -> settings.flag(key, "test", value));
        return BerthConf.of(settings, data);
    }

    private static <T> T await(Future<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }
}
