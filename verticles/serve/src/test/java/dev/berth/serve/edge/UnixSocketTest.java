package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.image.Caller;
import io.vertx.core.VertxOptions;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UnixSocketTest {
    private static final byte[] CONTENT = BlobSenderTest.random(20_000_000);

    @TempDir
    Path data;

    private Body body;

    private RunningEdge start(boolean nativeTransport) throws Exception {
        return RunningEdge.with(
                data, conf -> conf, face(), new VertxOptions().setPreferNativeTransport(nativeTransport));
    }

    private Face face() {
        return new TestFace((router, tools) -> {
            BlobSender sender = new BlobSender(tools);
            router.get("/blob").handler(ctx -> sender.send(ctx, body).onFailure(ctx::fail));
            router.route("/who").handler(ctx -> ctx.end(Callers.of(ctx).equals(Caller.local()) ? "local" : "somebody"));
        });
    }

    @ParameterizedTest(name = "epoll: {0}")
    @ValueSource(booleans = {true, false})
    void whoever_comes_through_it_is_trusted_and_gets_bytes_by_zero_copy(boolean nativeTransport) throws Exception {
        try (RunningEdge edge = start(nativeTransport)) {
            body = new Body(List.of(edge.blob(CONTENT)), "application/octet-stream", null, null, null, false);
            Path got = data.resolve("got");

            assertThat(curl("/who")).isEqualTo("local");
            curl("/blob", "-o", got.toString());
            assertThat(Files.readAllBytes(got)).isEqualTo(CONTENT);
            curl("/blob", "-r", "5-1000004", "-o", got.toString());
            assertThat(Files.readAllBytes(got)).isEqualTo(java.util.Arrays.copyOfRange(CONTENT, 5, 1_000_005));
            // Counted when the write has ended, which the client may notice first.
            for (int i = 0; i < 100 && edge.counter("berth.http.sent.bytes") < 21_000_000; i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(edge.counter("berth.http.sent.bytes")).isGreaterThan(21_000_000);
        }
    }

    @Test
    void a_program_that_names_an_origin_and_no_port_is_no_browser_here() throws Exception {
        try (RunningEdge edge = start(true)) {
            assertThat(edge.port()).isPositive();
            assertThat(curl("/who", "-X", "POST", "-H", "Origin: ws+unix://localhost", "-H", "Host: localhost:None")).isEqualTo("local");
        }
    }

    @Test
    void only_its_owner_may_open_it_and_it_is_gone_after_the_stop() throws Exception {
        try (RunningEdge edge = start(true)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket()))).isEqualTo("rw-------");
            edge.stop();
            assertThat(socket()).doesNotExist();
        }
    }

    @Test
    void what_a_killed_process_left_is_replaced() throws Exception {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThat(socket()).exists();

        try (RunningEdge edge = start(true)) {
            assertThat(edge.port()).isPositive();
            assertThat(curl("/who")).isEqualTo("local");
        }
    }

    @Test
    void a_living_process_keeps_its_socket() throws Exception {
        try (ServerSocketChannel living = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            living.bind(UnixDomainSocketAddress.of(socket()));

            assertThatThrownBy(() -> start(true)).hasMessageContaining("another process listens on");
            assertThat(socket()).exists();
        }
    }

    private Path socket() {
        return data.resolve("unix.socket");
    }

    private String curl(String path, String... more) throws Exception {
        String[] command = {"curl", "-s", "--unix-socket", socket().toString(), "http://lxd" + path};
        String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return Tool.run(all);
    }
}
