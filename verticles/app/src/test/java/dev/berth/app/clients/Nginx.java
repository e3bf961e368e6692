package dev.berth.app.clients;

import dev.berth.testkit.FreePort;
import dev.berth.testkit.RealTool;
import dev.berth.testkit.upstream.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real nginx on loopback that serves a folder over TLS. Where there is none the test is skipped. */
final class Nginx implements AutoCloseable {
    private static final long SECONDS = 20;

    /** Runs in the foreground; its workers may read the test's own folder only as the test's user. */
    private static final String CONFIGURATION = """
            daemon off;
            %1$s
            worker_processes 1;
            pid %2$s/pid;
            error_log %2$s/error.log;
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path %2$s/body; proxy_temp_path %2$s/proxy; fastcgi_temp_path %2$s/fastcgi;
              uwsgi_temp_path %2$s/uwsgi; scgi_temp_path %2$s/scgi;
              server {
                listen 127.0.0.1:%3$d ssl;
                ssl_protocols TLSv1.2 TLSv1.3;
                ssl_certificate %2$s/certificate.pem;
                ssl_certificate_key %2$s/key.pem;
                root %2$s/site;
                %4$s
              }
            }
            """;

    private final Path folder;
    private final int port = FreePort.next();
    private final TestCertificate certificate = TestCertificate.loopback();
    private Process process;

    /** One that is not running yet, with an empty site. */
    Nginx(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(site());
        Files.writeString(certificate(), certificate.certificate());
        Files.writeString(folder.resolve("key.pem"), certificate.key());
    }

    Path site() {
        return folder.resolve("site");
    }

    /** PEM file to trust. */
    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    String url() {
        return "https://127.0.0.1:" + port;
    }

    /** Starts it with these directives in its server block; returns when it listens. */
    Nginx start(String directives) throws Exception {
        RealTool nginx = RealTool.named("nginx");
        String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), CONFIGURATION.formatted(user, folder, port, directives));
        process = new Tool(List.of(nginx.program().toString()), Map.of(), SECONDS)
                .start(folder.resolve("out"), List.of("-p", folder.toString(), "-c", configuration.toString()));
        Eventually.holds("nginx listens: " + folder.resolve("error.log"), this::listens);
        return this;
    }

    @Override
    public void close() throws IOException {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            process.waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping nginx " + process.pid(), e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
