package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
    private static final int FEW = 256;
    private static final int MANY = 1000;

    @TempDir
    Path data;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @CsvSource({"1024, 100, 438", "256, 100, 54", "60, 50, 8", "1000000000, 100, 499999926"})
    void room_is_left_for_files_and_for_ourselves(long limit, long open, int connections) {
        assertThat(Descriptors.connectionsThatFit(limit, open)).isEqualTo(connections);
    }

    @Test
    @DisplayName("R37: also when it is the first error of the process")
    @Timeout(value = 90, unit = TimeUnit.SECONDS)
    void after_running_out_of_descriptors_it_answers_again() throws Exception {
        Process process = cramped();
        try {
            int port = port(process);
            List<Socket> flood = flood(port);
            TimeUnit.SECONDS.sleep(2);
            for (Socket socket : flood) {
                socket.close();
            }

            assertThat(answeredWithin(Duration.ofSeconds(10), port)).isTrue();
            assertThat(process.isAlive()).isTrue();
            assertThat(said).anyMatch(line -> line.contains("Too many open files"));
        } finally {
            process.getOutputStream().close();
            process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
    }

    @Test
    @DisplayName("R37: the streams of h2 are many, and each opens files")
    @Timeout(value = 90, unit = TimeUnit.SECONDS)
    void a_few_connections_with_many_downloads_leave_descriptors_for_others() throws Exception {
        Process process = cramped();
        List<H2Socket> sockets = new ArrayList<>();
        try {
            int port = port(process);
            for (int i = 0; i < 4; i++) {
                sockets.add(downloads(port, 90));
            }

            assertThat(answeredWithin(Duration.ofSeconds(10), port)).isTrue();
            assertThat(said).anyMatch(line -> line.contains("503")).noneMatch(line -> line.contains("Too many open files"));
        } finally {
            for (H2Socket socket : sockets) {
                socket.close();
            }
            process.getOutputStream().close();
            process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
        }
    }

    /** Begins them all, and reads none to its end. */
    private static H2Socket downloads(int port, int many) throws Exception {
        H2Socket socket = new H2Socket(port, 1_000);
        socket.allow(0, 100_000_000);
        for (int i = 0; i < many; i++) {
            socket.get(1 + 2 * i, "/blob");
        }
        for (int i = 0; i < many; i++) {
            socket.nextHead();
        }
        return socket;
    }

    private Process cramped() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "ulimit -n " + FEW + " && exec " + java
                + " -Xmx128m -XX:-MaxFDLimit -cp \"$CRAMPED_PATH\" dev.berth.serve.edge.CrampedEdge \"$CRAMPED_DATA\"";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
        builder.environment().put("CRAMPED_PATH", System.getProperty("java.class.path"));
        builder.environment().put("CRAMPED_DATA", data.toString());
        return builder.redirectError(data.resolve("stderr").toFile()).start();
    }

    private int port(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                Thread reader = new Thread(() -> out.lines().forEach(said::add));
                reader.setDaemon(true);
                reader.start();
                return Integer.parseInt(line.substring("port ".length()));
            }
        }
        throw new AssertionError("the child ended without telling its port");
    }

    /** Connections that say nothing: the backlog takes what the process cannot. */
    private static List<Socket> flood(int port) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            } catch (IOException full) {
                return sockets;
            }
        }
        return sockets;
    }

    private static boolean answeredWithin(Duration limit, int port) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            try {
                HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/quick"))
                        .timeout(Duration.ofSeconds(2))
                        .build();
                return Client.http().send(request, HttpResponse.BodyHandlers.ofString()).body().equals("quick");
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        return false;
    }
}
