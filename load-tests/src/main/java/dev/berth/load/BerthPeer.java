package dev.berth.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Berth as its users start it: by its launcher. */
final class BerthPeer implements Peer {
    private final Daemon daemon;
    private final Path data;
    private final Path conf;
    private final int port;
    private final int management;
    private final double readySeconds;

    BerthPeer(Path home, Path disk) {
        this(home, disk, "");
    }

    /** @param settings what its configuration file says, YAML */
    BerthPeer(Path home, Path disk, String settings) {
        Path folder = Daemon.folder(disk, "berth");
        this.data = folder.resolve("data");
        this.conf = folder.resolve("berth.yaml");
        write(conf, settings);
        this.port = Daemon.freePort();
        this.management = Daemon.freePort();
        long start = System.nanoTime();
        this.daemon = Daemon.start(folder, Map.of(), command(home));
        daemon.await(this::isReady, 120);
        this.readySeconds = (System.nanoTime() - start) / 1e9;
    }

    private List<String> command(Path home) {
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

    private boolean isReady() {
        return daemon.output().contains("berth is ready");
    }

    /** From the start of the launcher to its ready line. */
    double readySeconds() {
        return readySeconds;
    }

    long pid() {
        return daemon.pid();
    }

    String metrics() {
        return Shell.run("curl", "-s", "http://127.0.0.1:" + management + "/metrics").orFail().text();
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
