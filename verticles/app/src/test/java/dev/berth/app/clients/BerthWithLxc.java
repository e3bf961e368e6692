package dev.berth.app.clients;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.FreePort;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** One Berth, and an {@code lxc} for each road to it. Can be restarted on the same port, as a service is. */
final class BerthWithLxc implements AutoCloseable {
    private final Path folder;
    private final Map<String, String> settings;
    private final Map<Road, LxcClient> clients = new EnumMap<>(Road.class);

    private RunningBerth berth;

    private BerthWithLxc(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /** Starts it in this folder; without an lxc the test is skipped. */
    static BerthWithLxc in(Path folder) throws Exception {
        RealTool.named("lxc");
        Map<String, String> settings =
                Map.of("listen", "127.0.0.1:" + FreePort.next(), "store.past-cache-after", "64KiB");
        BerthWithLxc whole = new BerthWithLxc(folder, settings);
        whole.start();
        try {
            whole.clients.put(Road.SOCKET, LxcClient.overSocket(whole.made("lxc-socket"), whole.berth.data()));
            whole.clients.put(Road.TLS, LxcClient.overTls(whole.made("lxc-tls"), whole.berth));
        } catch (Throwable broken) {
            whole.close();
            throw broken;
        }
        return whole;
    }

    RunningBerth berth() {
        return berth;
    }

    LxcClient lxc(Road road) {
        return clients.get(road);
    }

    /** A folder or file of the test's own. */
    Path at(String name) {
        return folder.resolve(name);
    }

    /** A new folder. */
    Path made(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    void restart() throws Exception {
        berth.close();
        start();
    }

    @Override
    public void close() throws IOException {
        berth.close();
    }

    private void start() throws Exception {
        berth = RunningBerth.in(folder.resolve("data"), settings);
    }
}
