package dev.berth.app;

import dev.berth.app.conf.BerthConf;
import dev.berth.app.conf.Settings;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Starts and stops a whole service in a scratch directory, so that the JVM can write down which classes that took. The
 * launcher runs it once per build; the archive of classes it leaves makes later starts quicker.
 */
final class WarmUp {
    private static final long SECONDS = 60;

    private WarmUp() {}

    /** @param args the scratch directory */
    public static void main(String[] args) throws Exception {
        Settings settings = new Settings()
                .flag("listen", "warm-up", "127.0.0.1:0")
                .flag("management", "warm-up", "127.0.0.1:0");
        Berth berth = new Berth(BerthConf.of(settings, Path.of(args[0])));
        CompletableFuture<Void> stopped = berth.start()
                .eventually(berth::stop)
                .toCompletionStage()
                .toCompletableFuture();
        stopped.get(SECONDS, TimeUnit.SECONDS);
    }
}
