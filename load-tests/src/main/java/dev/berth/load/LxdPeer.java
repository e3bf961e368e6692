package dev.berth.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A throw-away LXD daemon with a folder of its own. */
final class LxdPeer implements Peer {
    private final Daemon daemon;
    private final Path folder;
    private final int port = Daemon.freePort();

    LxdPeer(Path disk) {
        this.folder = Daemon.folder(disk, "lxd");
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
        return Map.of("LXD_DIR", folder.toString(), "LXD_CONF", folder.resolve("client").toString());
    }

    private int lxd(String... arguments) {
        return call("lxd", arguments);
    }

    private int lxc(String... arguments) {
        return call("lxc", arguments);
    }

    private int call(String program, String... arguments) {
        StringBuilder line = new StringBuilder();
        environment().forEach((key, value) -> line.append(key).append('=').append(value).append(' '));
        line.append(program).append(' ').append(String.join(" ", arguments));
        return Shell.run("sh", "-c", line.toString()).exit();
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
