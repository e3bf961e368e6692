package dev.berth.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Berth as its users start it: by its launcher, on the Java that runs this program. */
final class BerthPeer implements Peer {
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path home;
    private final Path data;
    private final Path conf;
    private final int port;
    private final int management;
    private final Map<String, String> environment;
    private double readySeconds;
    private Daemon daemon;

    BerthPeer(Path home, Path disk) {
        this(home, disk, "");
    }

    /** @param settings what its configuration file says, YAML */
    BerthPeer(Path home, Path disk, String settings) {
        this(home, disk, settings, Map.of());
    }

    /** @param environment for its launcher, beside that of this program */
    BerthPeer(Path home, Path disk, String settings, Map<String, String> environment) {
        Path folder = Daemon.folder(disk, "berth");
        this.data = folder.resolve("data");
        this.conf = folder.resolve("berth.yaml");
        write(conf, settings);
        this.home = home;
        this.environment = environment;
        this.port = Daemon.freePort();
        this.management = Daemon.freePort();
        this.daemon = started(folder);
    }

    private Daemon started(Path folder) {
        long start = System.nanoTime();
        Map<String, String> all = new HashMap<>(environment);
        all.put("BERTH_JAVA_HOME", System.getProperty("java.home"));
        Daemon begun = Daemon.start(folder, all, command());
        begun.await(() -> begun.output().contains("berth is ready"), 120);
        readySeconds = (System.nanoTime() - start) / 1e9;
        return begun;
    }

    /** Stops and starts it, with the same data and other settings. */
    void restart(String settings) {
        write(conf, settings);
        daemon.stop();
        daemon = started(conf.getParent());
    }

    private List<String> command() {
        return List.of(
                home.resolve("deploy/berth").toString(),
                "serve",
                "--config",
                conf.toString(),
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:" + port,
                "--management",
                "127.0.0.1:" + management);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the start of the launcher to its ready line. */
    double readySeconds() {
        return readySeconds;
    }

    long pid() {
        return daemon.pid();
    }

    /** By a connection that is kept: starting a program ten times a second would take a tenth of this machine. */
    String metrics() {
        URI metrics = URI.create("http://127.0.0.1:" + management + "/metrics");
        try {
            return client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new IllegalStateException("Berth does not answer " + metrics, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public String name() {
        return "Berth";
    }

    @Override
    public String https() {
        return "https://127.0.0.1:" + port;
    }

    @Override
    public Path socket() {
        return data.resolve("unix.socket");
    }

    @Override
    public void close() {
        daemon.close();
        if (Files.exists(data)) {
            throw new IllegalStateException("left behind: " + data);
        }
    }
}
