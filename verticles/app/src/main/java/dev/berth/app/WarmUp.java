package dev.berth.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Takes an image once along all of its ways, in a scratch directory: into one service, from its stream into the mirror of a
 * second one, and out of that; so that the JVM can write down which classes that takes. The launcher runs it once per build
 * and JDK. The archive of classes it leaves makes later starts quicker, and the first client of each kind too.
 */
final class WarmUp {
    private static final String HOST = "127.0.0.1";

    /** Somebody waits for the first start of the service meanwhile. */
    private static final long MOST_MILLIS = 30_000;

    private final Path scratch;
    private final int origin = freePort();
    private final int mirror = freePort();
    private final int plain = freePort();

    private WarmUp(Path scratch) {
        this.scratch = scratch;
    }

    /** @param args the scratch directory */
    public static void main(String[] args) {
        endIn(MOST_MILLIS);
        WarmUp warmUp = new WarmUp(Path.of(args[0]));
        int status = warmUp.serve("origin", "listen: %s:%d%nmanagement: %s:0%n".formatted(HOST, warmUp.origin, HOST));
        if (status != ServeVerb.RUNNING) {
            System.exit(status);
        }
        try {
            run("import", warmUp.image().toString(), "--public", "--alias", "warm", "--data", warmUp.data("origin"));
            warmUp.serve("mirror", warmUp.mirrorSettings());
            warmUp.download();
            run("list", "--data", warmUp.data("mirror"));
        } catch (IOException | RuntimeException e) {
            // A machine on which this does not work is one on which less is quick; what was loaded so far is of use.
            System.err.println("berth: the warm-up ended early: " + e);
        }
        System.exit(0);
    }

    /** However far it has come by then: the classes so far are of use. */
    private static void endIn(long millis) {
        TimerTask end = new TimerTask() {
            @Override
            public void run() {
                System.exit(0);
            }
        };
        new Timer(true).schedule(end, millis);
    }

    private int serve(String name, String settings) {
        try {
            Path file = Files.writeString(scratch.resolve(name + ".yaml"), settings);
            return run(ServeVerb.NAME, "--config", file.toString(), "--data", data(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String mirrorSettings() {
        return """
                listen: %1$s:%2$d
                plain: %1$s:%3$d
                management: %1$s:0
                fetch: {allow-private-addresses: [%1$s], trusted-certificates: ["%4$s/keys/server.crt"]}
                upstreams: {origin: {protocol: simplestreams, url: "https://%1$s:%5$d"}}
                """.formatted(HOST, mirror, plain, data("origin"), origin);
    }

    private String data(String name) {
        return scratch.resolve(name).toString();
    }

    private static int run(String... words) {
        return Main.commandLine(words).execute(words);
    }

    private Path image() throws IOException {
        Path file = scratch.resolve("image.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            add(tar, "metadata.yaml", "architecture: x86_64\ncreation_date: 1\nproperties: {os: warm, release: up}\n");
            add(tar, "rootfs/etc/hostname", "warm\n");
        }
        return file;
    }

    private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /** As a client of the mirror does it: the index, what it names, and the item in there; several, as they come in fleets. */
    private void download() throws IOException {
        get("streams/v1/index.json");
        JsonNode images = LxdJson.read(get("streams/v1/images.json"));
        String item = images.findValue("items").elements().next().path("path").asText();
        Stream.of(1, 2).parallel().forEach(client -> get(item));
    }

    private byte[] get(String path) {
        URI address = URI.create("http://" + HOST + ":" + plain + "/mirror/origin/" + path);
        try (InputStream answer = address.toURL().openStream()) {
            return answer.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
