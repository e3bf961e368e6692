package dev.berth.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A throw-away LXD daemon with a folder of its own. */
final class LxdPeer implements Peer {
    private final Daemon daemon;
    private final Path folder;
    private final Map<String, String> more;
    private final int port = Daemon.freePort();

    LxdPeer(Path disk) {
        this(disk, Map.of());
    }

    /** @param more environment of the daemon and its client */
    LxdPeer(Path disk, Map<String, String> more) {
        this.folder = Daemon.folder(disk, "lxd");
        this.more = Map.copyOf(more);
        this.daemon = Daemon.start(folder, environment(), List.of("lxd", "--group", "root"));
        daemon.await(() -> lxd("waitready", "--timeout", "1") == 0, 60);
        listen();
    }

    static boolean isInstalled() {
        return Shell.has("lxd") && Shell.has("lxc");
    }

    private void listen() {
        if (lxc("config", "set", "core.https_address", "127.0.0.1:" + port) != 0) {
            throw new IllegalStateException("LXD does not listen: " + daemon.output());
        }
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(more);
        all.put("LXD_DIR", folder.toString());
        all.put("LXD_CONF", folder.resolve("client").toString());
        return all;
    }

    /** Runs its client to the end; fails when it fails. Returns the seconds that took. */
    double run(String... words) {
        return ran("lxc", words).orFail().seconds();
    }

    private int lxd(String... arguments) {
        return ran("lxd", arguments).exit();
    }

    private int lxc(String... arguments) {
        return ran("lxc", arguments).exit();
    }

    private Shell.Ran ran(String program, String... arguments) {
        StringBuilder line = new StringBuilder();
        environment().forEach((key, value) -> line.append(key).append('=').append(value).append(' '));
        line.append(program).append(' ').append(String.join(" ", arguments));
        return Shell.run("sh", "-c", line.toString());
    }

    long pid() {
        return daemon.pid();
    }

    @Override
    public String name() {
        return "LXD";
    }

    @Override
    public String https() {
        return "https://127.0.0.1:" + port;
    }

    @Override
    public Path socket() {
        return folder.resolve("unix.socket");
    }

    @Override
    public void close() {
        lxd("shutdown", "--timeout", "20");
        daemon.close();
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
