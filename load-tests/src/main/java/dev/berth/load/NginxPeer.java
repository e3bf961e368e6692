package dev.berth.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * nginx as the yardstick and as an upstream: the files of a folder over TLS and over plain HTTP, with as many workers as
 * there are processors.
 */
final class NginxPeer implements AutoCloseable {
    /** A directive that makes it remember what it {@link #served}. */
    static final String LOGGING = "access_log access.log berth;";

    private final Daemon daemon;
    private final Path folder;
    private final int port = Daemon.freePort();
    private final int plainPort = Daemon.freePort();

    /**
     * @param root what is served
     * @param directives further ones for the server, or empty
     */
    NginxPeer(Path disk, Path root, String directives) {
        this(disk, root, "", directives);
    }

    /** @param outside further directives outside of the server, or empty */
    NginxPeer(Path disk, Path root, String outside, String directives) {
        this.folder = Daemon.folder(disk, "nginx");
        makeCertificate();
        write(folder.resolve("nginx.conf"), configuration(root, outside, directives));
        this.daemon = Daemon.start(
                folder, Map.of(), List.of("nginx", "-p", folder.toString(), "-c", folder.resolve("nginx.conf").toString()));
        daemon.await(() -> Shell.run("curl", "-sk", "-o", "/dev/null", https() + "/").exit() == 0, 20);
    }

    static boolean isInstalled() {
        return Shell.has("nginx");
    }

    /** Of the master; its workers are its children. */
    long pid() {
        return daemon.pid();
    }

    String https() {
        return "https://127.0.0.1:" + port;
    }

    String http() {
        return "http://127.0.0.1:" + plainPort;
    }

    Path certificate() {
        return folder.resolve("crt");
    }

    /** The answers so far to requests whose path ends so; needs {@link #LOGGING}. */
    List<Served> served(String suffix) {
        try {
            return Files.readAllLines(folder.resolve("access.log")).stream()
                    .map(line -> line.split(" ", 3))
                    .filter(words -> words[2].endsWith(suffix))
                    .map(words -> new Served(Double.parseDouble(words[0]), Long.parseLong(words[1])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param ended seconds since 1970
     * @param bytes of the body
     */
    record Served(double ended, long bytes) {}

    private void makeCertificate() {
        Shell.run(
                        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                        "-keyout", folder.resolve("key").toString(), "-out", certificate().toString())
                .orFail();
    }

    private String configuration(Path root, String outside, String directives) {
        return """
                daemon off;
                user root;
                worker_processes auto;
                error_log %1$s/error.log;
                pid %1$s/pid;
                events {}
                http {
                  log_format berth '$msec $body_bytes_sent $uri';
                  access_log off;
                  sendfile on;
                  gzip_types application/json;
                  %5$s
                  server {
                    listen 127.0.0.1:%2$d ssl;
                    listen 127.0.0.1:%4$d;
                    ssl_certificate %1$s/crt;
                    ssl_certificate_key %1$s/key;
                    ssl_protocols TLSv1.2 TLSv1.3;
                    root %3$s;
                    %6$s
                  }
                }
                """.formatted(folder, port, root, plainPort, outside, directives);
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
