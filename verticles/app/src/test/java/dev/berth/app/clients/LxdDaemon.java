package dev.berth.app.clients;

import dev.berth.testkit.FreePort;
import dev.berth.testkit.RealTool;
import dev.berth.testkit.upstream.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real LXD of the test's own, which can run containers: a folder, a directory pool and an address on loopback. It needs
 * root. Starting takes seconds, so that one serves all tests of a run.
 */
final class LxdDaemon implements AutoCloseable {
    private static final long SECONDS = 60;

    private static final String PRESEED = """
            config:
              core.https_address: 127.0.0.1:%d
            storage_pools:
            - name: default
              driver: dir
            profiles:
            - name: default
              devices:
                root: {type: disk, path: /, pool: default}
            """;

    private final Path folder;
    private final Tool tool;
    private final Process process;

    private LxdDaemon(Path folder, Tool tool, Process process) {
        this.folder = folder;
        this.tool = tool;
        this.process = process;
    }

    /**
     * Starts it in a folder under the system's temporary one, because paths of sockets must be short. Its containers are
     * somebody else there, who must be able to reach their files.
     */
    static LxdDaemon start() throws IOException {
        RealTool lxd = RealTool.named("lxd");
        RealTool.needRoot("LXD runs containers");
        Path folder = Files.createTempDirectory("berth-lxd");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        trust(TestCertificate.loopback(), folder);
        Map<String, String> environment = Map.of(
                "LXD_DIR", folder.resolve("lxd").toString(), "SSL_CERT_FILE", folder.resolve("trusted.pem").toString());
        Tool tool = new Tool(List.of(lxd.program().toString()), environment, SECONDS);
        Files.createDirectory(folder.resolve("lxd"));
        Process process = tool.start(folder.resolve("log"), List.of("--group", "root"));
        LxdDaemon daemon = new LxdDaemon(folder, tool, process);
        try {
            daemon.awaitReady();
            daemon.tool(PRESEED.formatted(FreePort.next()), "init", "--preseed");
        } catch (Throwable broken) {
            daemon.close();
            throw broken;
        }
        return daemon;
    }

    /** An {@code lxc} of this daemon's owner, with a configuration of its own. */
    LxcClient client(Path configuration) {
        return LxcClient.overSocket(configuration, folder.resolve("lxd"));
    }

    /** The certificate this daemon takes for an authority's; it reads it once, so there is one for all tests. */
    Path trusted() {
        return folder.resolve("trusted.pem");
    }

    /** Settings of a Berth that shows that certificate, as one does whose certificate everybody trusts. */
    Map<String, String> trustedBerth() {
        return Map.of("certificate", trusted().toString(), "key", folder.resolve("trusted.key").toString());
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                tool.run(new byte[0], List.of("shutdown", "--timeout", "10"));
            }
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
            }
            unmount();
            remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping lxd " + process.pid(), e);
        }
    }

    private static void trust(TestCertificate certificate, Path folder) throws IOException {
        Files.writeString(folder.resolve("trusted.pem"), certificate.certificate());
        Files.writeString(folder.resolve("trusted.key"), certificate.key());
    }

    /** A machine that has LXD may still not let it run. */
    private void awaitReady() throws IOException {
        ToolRun waited = tool.run(new byte[0], List.of("waitready", "--timeout", Long.toString(SECONDS / 2)));
        List<String> log = Files.readAllLines(folder.resolve("log"));
        RealTool.need(waited.status() == 0, "LXD does not come up here: " + (log.isEmpty() ? waited.err() : log.get(log.size() - 1)));
    }

    private void tool(String input, String... words) {
        tool.run(input.getBytes(StandardCharsets.UTF_8), List.of(words)).good();
    }

    /** After a clean stop there is nothing; a killed daemon leaves its mounts. */
    private void unmount() throws IOException, InterruptedException {
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String mounted = line.split(" ")[1];
            if (mounted.startsWith(folder + "/")) {
                RealTool.named("umount").run(folder, "--lazy", mounted);
            }
        }
    }

    private void remove() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
