package dev.berth.app;

import dev.berth.app.cli.DataOption;
import dev.berth.app.cli.Failure;
import dev.berth.app.conf.BadSetting;
import dev.berth.app.conf.BerthConf;
import dev.berth.app.conf.Settings;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the service until a signal ends it. */
@Command(name = ServeVerb.NAME, description = "Run the image service until SIGINT or SIGTERM.")
final class ServeVerb implements Callable<Integer> {
    static final String NAME = "serve";

    /** "Exit code" of a service that is up: the program goes on. */
    static final int RUNNING = -1;

    private static final long START_SECONDS = 60;

    /** What stopping may take beyond waiting for running answers. */
    private static final Duration STOP = Duration.ofSeconds(10);

    @Option(names = "--config", paramLabel = "FILE", description = "Settings, as in conf/berth.yaml. Default: $BERTH_CONFIG, or none.")
    private Path config;

    @Mixin
    private DataOption data;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "HTTPS listener. Default: 0.0.0.0:8443.")
    private String listen;

    @Option(names = "--plain", paramLabel = "HOST:PORT", description = "Plain HTTP listener for public images. Default: off.")
    private String plain;

    @Option(
            names = "--management",
            paramLabel = "HOST:PORT",
            description = "Plain HTTP listener for /metrics and /health, or off. Default: 127.0.0.1:8444.")
    private String management;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws BadSetting, Failure {
        BerthConf conf = conf();
        Berth berth = new Berth(conf);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(berth, patience(conf)), "berth-stop"));
        within(START_SECONDS, berth);
        spec.commandLine().getOut().println(berth.readyLine());
        return RUNNING;
    }

    /** How long an end may take: running answers have the time that the settings give them, and the rest has its own. */
    static Duration patience(BerthConf conf) {
        return conf.serve().limits().drain().plus(STOP);
    }

    private BerthConf conf() throws BadSetting {
        Settings settings = new Settings();
        Path file = config != null ? config : fromEnvironment();
        if (file != null) {
            settings.file(file);
        }
        settings.environment(System.getenv())
                .flag("data", "--data", data.given())
                .flag("listen", "--listen", listen)
                .flag("plain", "--plain", plain)
                .flag("management", "--management", management);
        return BerthConf.of(settings, data.directory());
    }

    private static Path fromEnvironment() {
        String named = System.getenv().getOrDefault("BERTH_CONFIG", "");
        return named.isEmpty() ? null : Path.of(named);
    }

    private static void within(long seconds, Berth berth) throws Failure {
        try {
            berth.start().toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new Failure("cannot start: " + reason(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new Failure("cannot start: not ready within " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while starting", e);
        }
    }

    private static String reason(Throwable cause) {
        boolean isSentence = cause instanceof Failure || cause instanceof BindException;
        return isSentence ? cause.getMessage() : cause.toString();
    }

    /** Bounded: whoever sent the signal wants an end, and what was acknowledged is durable already. */
    private static void stop(Berth berth, Duration patience) {
        try {
            berth.stop().toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("berth: stopped without waiting any longer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
