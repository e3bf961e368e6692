package dev.berth.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx as the yardstick: one file over TLS, with as many workers as there are processors. */
final class NginxPeer implements AutoCloseable {
    private final Daemon daemon;
    private final int port = Daemon.freePort();

    /** @param file is served under its own name */
    NginxPeer(Path disk, Path file) {
        Path folder = Daemon.folder(disk, "nginx");
        certificate(folder);
        write(folder.resolve("nginx.conf"), configuration(folder, file.getParent()));
        this.daemon = Daemon.start(
                folder, Map.of(), List.of("nginx", "-p", folder.toString(), "-c", folder.resolve("nginx.conf").toString()));
        daemon.await(() -> Shell.run("curl", "-sk", "-o", "/dev/null", https() + "/").exit() == 0, 20);
    }

    static boolean isInstalled() {
        return Shell.has("nginx");
    }

    String https() {
        return "https://127.0.0.1:" + port;
    }

    private static void certificate(Path folder) {
        Shell.run(
                        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=localhost", "-keyout", folder.resolve("key").toString(),
                        "-out", folder.resolve("crt").toString())
                .orFail();
    }

    private String configuration(Path folder, Path root) {
        return """
                daemon off;
                user root;
                worker_processes auto;
                error_log %1$s/error.log;
                pid %1$s/pid;
                events {}
                http {
                  access_log off;
                  sendfile on;
                  server {
                    listen 127.0.0.1:%2$d ssl;
                    ssl_certificate %1$s/crt;
                    ssl_certificate_key %1$s/key;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    root %3$s;
                  }
                }
                """.formatted(folder, port, root);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        daemon.close();
    }
}
